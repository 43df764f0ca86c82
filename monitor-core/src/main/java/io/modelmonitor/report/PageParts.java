package io.modelmonitor.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The parts that all pages share: style, script, and the policy under which a browser runs these two and loads nothing at all. */
final class PageParts {

    private static final String STYLE = """
            :root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;
            --base:#0b5cad;--cur:#c2410c;--bad:#cf222e;--good:#1a7f37;--link:#0b5cad}
            @media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9da7b3;--line:#30363d;--soft:#161b22;
            --base:#6cb6ff;--cur:#f69d50;--bad:#ff7b72;--good:#3fb950;--link:#6cb6ff}}
            @media (forced-colors:active){:root{--bg:Canvas;--fg:CanvasText;--dim:CanvasText;--line:CanvasText;--soft:Canvas;
            --base:CanvasText;--cur:Highlight;--bad:CanvasText;--good:CanvasText;--link:LinkText}}
            *{box-sizing:border-box}
            body{margin:0 auto;max-width:76rem;padding:1.5rem clamp(.75rem,3vw,2rem);background:var(--bg);color:var(--fg);
            font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
            overflow-wrap:anywhere}
            a{color:var(--link)}a:hover{text-decoration-thickness:2px}
            :focus-visible{outline:2px solid var(--link);outline-offset:2px}
            .skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static}
            h1{font-size:clamp(1.3rem,1rem + 1.6vw,1.9rem);line-height:1.25;margin:.1rem 0 .5rem;font-weight:650;
            text-wrap:balance}
            h2{font-size:1.05rem;margin:2.2rem 0 .6rem;font-weight:650}
            p{margin:.3rem 0}.dim,small{color:var(--dim)}small{font-size:.85em}
            .bad{color:var(--bad)}.good{color:var(--good)}
            .first{font-size:1.08rem;max-width:62rem}
            .meta{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;color:var(--dim);font-size:.87rem;margin:.8rem 0 0}
            ol.changes{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
            .changes li{display:grid;grid-template-columns:120px minmax(0,1fr);gap:.2rem 1rem;align-items:center;
            padding:.55rem 0;border-bottom:1px solid var(--line)}
            .changes a{font-weight:600}.changes small{color:var(--dim)}
            .scroll{overflow-x:auto;max-width:100%}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            .key{font-size:.87rem;margin-bottom:.4rem}
            th,td{text-align:start;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
            thead th{font-weight:600;font-size:.87rem;vertical-align:bottom;border-bottom-width:2px}
            thead small{display:block;font-weight:400}
            thead th{overflow-wrap:normal}ul.also{columns:17rem;column-gap:2rem;list-style:none;margin:.8rem 0 0;padding:0;
            font-size:.93rem}.also li{break-inside:avoid;padding:.08rem 0}.also b{font-weight:600}
            .w td:nth-child(-n+3){white-space:nowrap}i{font-style:normal;font-size:.85em;color:var(--dim)}
            tbody th{font-weight:500;min-width:8rem}td:last-child{min-width:10rem}thead td{border-bottom-width:2px}.all td{white-space:nowrap}
            th.w{min-width:9rem}.all td.o{white-space:normal;min-width:14rem;color:var(--dim);font-size:.87rem}td.p{padding-block:0}
            th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:start;
            white-space:nowrap}
            th button::after{content:" \\2195";color:var(--dim);font-weight:400}
            [aria-sort=ascending] button::after{content:" \\2191"}[aria-sort=descending] button::after{content:" \\2193"}
            .tools{display:flex;flex-wrap:wrap;gap:.5rem 1.2rem;align-items:center;margin-bottom:.6rem}
            [hidden]{display:none!important}
            input[type=search]{font:inherit;padding:.25rem .5rem;border:1px solid var(--dim);border-radius:4px;
            background:var(--bg);color:inherit;width:16rem;max-width:100%}
            details{border-bottom:1px solid var(--line)}
            summary{cursor:pointer;padding:.45rem 0}summary b{font-weight:600}
            details[open]{padding-bottom:1.2rem}
            figure{margin:.5rem 0 1rem;max-width:620px}figcaption{color:var(--dim);font-size:.87rem;margin-top:.25rem}
            figure.q{max-width:320px}
            figure.q,figure.m{display:inline-block;margin-inline-end:2rem;vertical-align:top}
            svg{display:block;max-width:100%;height:auto}
            svg.s{width:120px;height:28px;min-width:120px}svg.i{width:120px;height:16px;min-width:120px}
            svg.h,svg.r{width:600px}svg.q{width:300px}svg.h{border-bottom:1px solid var(--dim)}
            text{font-size:12px;fill:var(--fg);unicode-bidi:plaintext}
            .b{fill:none;stroke:var(--base);stroke-width:1.5}.c{fill:var(--cur);fill-opacity:.45}
            .l{fill:none;stroke:var(--cur);stroke-width:1.5}.a{fill:none;stroke:var(--dim)}
            .g{fill:none;stroke:var(--dim);stroke-dasharray:4 3}
            .k{fill:var(--good);fill-opacity:.22}.d{fill:var(--cur)}.e{stroke:var(--cur);stroke-width:8;stroke-linecap:round}
            .v0{fill:var(--dim);fill-opacity:.07}.v1{fill:var(--base);fill-opacity:.12}
            .v2{fill:var(--base);fill-opacity:.22}.v3{fill:var(--base);fill-opacity:.32}
            .v4{fill:var(--base);fill-opacity:.42}
            svg.t{width:732px}.s0{fill:var(--dim)}.s1{fill:var(--good);fill-opacity:.55}.s2{fill:var(--dim)}.s3{fill:var(--bad)}
            header nav{margin:0 0 .8rem}figcaption b{color:var(--fg);font-weight:600}svg a:focus-visible path,svg a:focus-visible circle{stroke:var(--link);stroke-width:3}
            figure:has(svg.t){max-width:none}
            .lines{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:0 2rem}
            .lines .k{fill-opacity:.13}
            pre{margin:.8rem 0 0;padding:.6rem .8rem;background:var(--soft);border:1px solid var(--line);border-radius:4px;
            font:13px/1.5 ui-monospace,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
            footer{margin-top:2.5rem;color:var(--dim);font-size:.87rem}footer svg{display:inline-block;vertical-align:-2px}
            @media (max-width:34rem){.changes li{grid-template-columns:minmax(0,1fr)}}
            @media print{body{max-width:none;padding:0;font-size:10pt}.tools,.skip{display:none}.scroll{overflow:visible}
            details::details-content{content-visibility:visible;block-size:auto}
            details,tr,li,figure{break-inside:avoid}a{color:inherit;text-decoration:none}}
            """;

    private static final String SCRIPT = """
            (function(){
            var d=document,t=d.querySelector('table.all');
            function show(){var e=location.hash&&d.getElementById(location.hash.slice(1));e=e&&e.closest('details');
            if(e){e.open=true;e.scrollIntoView()}}
            addEventListener('hashchange',show);show();
            addEventListener('beforeprint',function(){d.querySelectorAll('details').forEach(function(e){e.open=true})});
            if(!t)return;
            var b=t.tBodies[0],rows=[].slice.call(b.rows),tools=d.querySelector('.tools'),
            q=tools.querySelector('[type=search]'),only=tools.querySelector('[type=checkbox]'),
            out=tools.querySelector('output');
            function filter(){var s=q.value.toLowerCase(),n=0;rows.forEach(function(r){
            r.hidden=only.checked&&!r.classList.contains('x')||s!==''&&r.textContent.toLowerCase().indexOf(s)<0;
            if(!r.hidden)n++});out.textContent=n+' of '+rows.length}
            q.addEventListener('input',filter);only.addEventListener('change',filter);tools.hidden=false;filter();
            [].forEach.call(t.tHead.rows[0].cells,function(h,i){
            if(h.classList.contains('u'))return;
            var a=d.createElement('button'),s=h.querySelector('small');a.type='button';
            while(h.firstChild&&h.firstChild!==s)a.appendChild(h.firstChild);h.insertBefore(a,s);
            a.addEventListener('click',function(){
            var up=h.getAttribute('aria-sort')==='ascending'?-1:1;
            [].forEach.call(t.tHead.rows[0].cells,function(o){o.removeAttribute('aria-sort')});
            h.setAttribute('aria-sort',up>0?'ascending':'descending');
            function key(r){var x=r.cells[i].textContent.trim(),n=parseFloat(x.replace(/,/g,''));
            return h.classList.contains('f')?isNaN(n)?Infinity:n:x}
            rows.map(function(r){return[key(r),r]}).sort(function(l,r){l=l[0];r=r[0];
            return l===Infinity?r===Infinity?0:1:r===Infinity?-1:up*(typeof l==='number'?l-r:l.localeCompare(r))})
            .forEach(function(p){b.appendChild(p[1])})})})
            })();
            """;

    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    private PageParts() {}

    /** Returns the beginning of a page up to its content. The title is escaped already. */
    static String head(String title) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
                + "<title>" + title + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n";
    }

    /** Returns the end of a page. */
    static String foot() {
        return "<script>" + SCRIPT + "</script>\n</body>\n</html>\n";
    }

    /** Returns the style of all pages. */
    static String style() {
        return STYLE;
    }

    /** Returns eight digits that are others for another text. */
    static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, 4);
    }

    private static String hash(String content) {
        return "sha256-" + Base64.getEncoder().encodeToString(sha256(content));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
