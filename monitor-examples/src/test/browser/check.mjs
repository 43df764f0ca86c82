// Opens every page of a folder in Chromium and prints a line for each check: "ok" or "no", the page, the check, the
// details, with tabs between. Screenshots go into a folder beside the pages. Usage: node check.mjs CHROMIUM FOLDER
import {readFileSync, readdirSync, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const [executablePath, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(folder, 'screenshots');
mkdirSync(pictures, {recursive: true});
const WIDTHS = [320, 768, 1280, 2560];
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--font-render-hinting=none']});

function say(page, check, found) {
  const details = found.map(one => String(one).replace(/\s+/g, ' ').slice(0, 300)).slice(0, 5).join('; ');
  console.log([found.length ? 'no' : 'ok', page, check, details].join('\t'));
}

/** Opens a page, does something with it, and lists what it said or wanted meanwhile. */
async function open(file, options, then) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const heard = [];
  const address = pathToFileURL(file).href;
  page.on('console', message => heard.push('console: ' + message.text()));
  page.on('pageerror', error => heard.push('error: ' + error.message));
  page.on('dialog', dialog => { heard.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', request => {
    if (request.url().split('#')[0] !== address) {
      heard.push('request: ' + request.url());
    }
  });
  const start = performance.now();
  await page.goto(address, {waitUntil: 'load'});
  const time = performance.now() - start;
  await then(page, context, time);
  await context.close();
  return heard;
}

/** Finds elements that are wider than the page; runs in the page. */
function beyond() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) {
    return [];
  }
  const wide = [...document.querySelectorAll('body *')].filter(element =>
    element.getBoundingClientRect().right > width + 1 && !element.closest('.scroll'));
  return [`${document.documentElement.scrollWidth} px wide`,
    ...wide.slice(-3).map(element => element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40))];
}

function openAll() {
  document.querySelectorAll('details').forEach(element => { element.open = true; });
}

/** Presses Tab until it has been everywhere; finds elements that it does not reach, or whose focus is not seen. */
async function byKeyboard(page) {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href],button,input,summary,[tabindex="0"]')]
      .filter(element => element.tabIndex >= 0 && element.getClientRects().length > 0);
    all.forEach((element, i) => { element.dataset.step = i; });
    return all.map(element => element.outerHTML.slice(0, 80));
  });
  const reached = new Set();
  const unseen = [];
  for (let i = 0; i < wanted.length + 2; i++) {
    await page.keyboard.press('Tab');
    const [step, isSeen] = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const inner = element.firstElementChild && getComputedStyle(element.firstElementChild);
      return [element.dataset.step, style.outlineStyle !== 'none' || !!inner && parseFloat(inner.strokeWidth) >= 2];
    });
    if (step !== undefined) {
      reached.add(Number(step));
      if (!isSeen) {
        unseen.push('focus is not seen on ' + wanted[step]);
      }
    }
  }
  return [...wanted.filter((_, i) => !reached.has(i)).map(html => 'not reached: ' + html), ...unseen];
}

/** Finds pictures, tables and elements that can have the focus without an accessible name. */
async function unnamed(page, context) {
  const client = await context.newCDPSession(page);
  const {nodes} = await client.send('Accessibility.getFullAXTree');
  return nodes
    .filter(node => !node.ignored && node.role?.value !== 'RootWebArea')
    .filter(node => ['img', 'image', 'table', 'graphics-document'].includes(node.role?.value)
      || node.properties?.some(property => property.name === 'focusable' && property.value.value))
    .filter(node => !node.name?.value?.trim())
    .map(node => `${node.role?.value} ${node.nodeId} without a name`);
}

async function findings(page, rules) {
  const {violations} = await page.evaluate(runOnly => window.axe.run(document, {resultTypes: ['violations'], runOnly}), rules);
  return violations.map(one => `${one.impact} ${one.id}: ${one.help}: ${one.nodes[0].html}`);
}

/** Finds pictures and words that have the colour of what is behind them; runs in the page. */
function faint() {
  const background = getComputedStyle(document.body).backgroundColor;
  const found = [];
  for (const [kind, property] of [['.b', 'stroke'], ['.c', 'fill'], ['.d', 'fill'], ['.l', 'stroke'], ['h1', 'color']]) {
    const element = document.querySelector(kind);
    if (element && getComputedStyle(element)[property] === background) {
      found.push(kind + ' is ' + background + ' on the same');
    }
  }
  return found;
}

async function check(file) {
  const name = basename(file, '.html');
  const heard = [];
  const shot = (page, kind, fullPage = true) =>
    page.screenshot({path: join(pictures, `${name}-${kind}.png`), fullPage});

  const schemes = ['light', 'dark'];
  heard.push(...await open(file, {}, async (page, context, time) => {
    console.log(['#', name, 'opens', Math.round(time) + ' ms'].join('\t'));
    for (const colorScheme of schemes) {
      await page.emulateMedia({colorScheme});
      for (const width of WIDTHS) {
        await page.setViewportSize({width, height: 900});
        say(name, `nothing sticks out at ${width} px, ${colorScheme}`, await page.evaluate(beyond));
        if (width === 1280 || colorScheme === 'light' && width === 320) {
          await shot(page, `${width}-${colorScheme}`);
        }
      }
    }
    await page.evaluate(openAll);
    for (const colorScheme of schemes) {
      await page.emulateMedia({colorScheme});
      for (const width of WIDTHS) {
        await page.setViewportSize({width, height: 900});
        say(name, `nothing sticks out of what is opened at ${width} px, ${colorScheme}`, await page.evaluate(beyond));
      }
    }
    await page.emulateMedia({colorScheme: 'light', forcedColors: 'active'});
    say(name, 'everything is seen in forced colours', await page.evaluate(faint));
    await shot(page, 'forced', false);
  }));

  // A policy that lets nothing else run would keep the checker itself out.
  await open(file, {bypassCSP: true}, async page => {
    await page.evaluate(openAll);
    await page.evaluate(axe);
    for (const colorScheme of schemes) {
      await page.emulateMedia({colorScheme});
      // All but colours is the same in the dark.
      say(name, `axe finds nothing, ${colorScheme}`, await findings(page, colorScheme === 'dark' ? ['cat.color'] : undefined));
    }
  });

  heard.push(...await open(file, {}, async (page, context) => {
    await page.evaluate(openAll);
    say(name, 'Tab reaches everything, and it is seen where', await byKeyboard(page));
    say(name, 'everything has a name', await unnamed(page, context));
  }));

  heard.push(...await open(file, {javaScriptEnabled: false}, async page => {
    const closed = page.locator('details:not([open]) > summary');
    const rows = await page.locator('tbody tr').count();
    const found = rows > 0 ? [] : ['no row'];
    if (await page.locator('.tools').first().isVisible()) {
      found.push('tools that do nothing are shown');
    }
    if (await closed.count() > 0) {
      const first = page.locator('details > div').first();
      await closed.first().click();
      if (!await first.isVisible()) {
        found.push('details stay closed');
      }
    }
    say(name, 'it works without its script', found);
    await page.emulateMedia({media: 'print'});
    const hidden = await page.evaluate(() => [...document.querySelectorAll('details')].filter(element =>
      !element.lastElementChild.checkVisibility({contentVisibilityAuto: true})).length);
    say(name, 'paper shows all details, without the script', hidden ? [hidden + ' hidden'] : []);
    await page.pdf({path: join(pictures, name + '.pdf'), format: 'A4'});
  }));

  heard.push(...await open(file, {}, async page => {
    const found = [];
    const rows = page.locator('table.all tbody tr');
    const all = await rows.count();
    if (all > 1) {
      const word = await rows.first().locator('th a').innerText();
      await page.getByRole('searchbox').fill(word);
      const shown = await page.locator('table.all tbody tr:visible').count();
      if (shown < 1 || (shown === all && all > 3)) {
        found.push(`searching ${word} shows ${shown} of ${all}`);
      }
      await page.getByRole('searchbox').fill('');
      const header = page.locator('table.all th[scope=col]:not(.u)').first();
      await header.getByRole('button').click();
      if (await header.getAttribute('aria-sort') !== 'ascending') {
        found.push('sorting is not said');
      }
      const names = await rows.locator('th').allInnerTexts();
      const sorted = [...names].sort((one, other) => one.trim().localeCompare(other.trim()));
      if (names.join('\n') !== sorted.join('\n')) {
        found.push('rows are not sorted');
      }
    }
    const links = await page.locator('a[href^="#"]').evaluateAll(all => all
      .filter(link => !document.getElementById(link.getAttribute('href').slice(1)))
      .map(link => 'nothing at ' + link.outerHTML));
    say(name, 'rows are searched and sorted, and links lead somewhere', [...found, ...links]);
    const first = page.locator('.changes a').first();
    if (await first.count() > 0 && (await first.getAttribute('href')).startsWith('#')) {
      await first.click();
      const target = page.locator(await first.getAttribute('href'));
      say(name, 'a violation leads to its details', await target.isVisible() ? [] : ['they are closed']);
    }
  }));
  say(name, 'it says and asks for nothing', heard);
}

/** A fragment within pages that have styles of their own, as cells of a notebook have. */
async function checkFragment(html) {
  const own = `<style>*{letter-spacing:3px} body{font:30px serif;color:lime;line-height:3;text-align:center}
    table,th,td{border:5px dotted red!important;padding:20px} .cell table td{background:pink;font-size:9px}
    h1,h2{text-transform:uppercase;color:red} p{margin:50px} a{color:yellow} .bad{color:blue} li::before{content:"x"}
    svg{width:5px} details{display:flex} .scroll{overflow:hidden} .meta,.first{display:none}</style>`;
  const theirs = `<h1>Theirs</h1><p class="first">A <a href="#">link</a> <b>b</b></p><table><tr><th>h</th><td>d</td></tr></table>
    <svg viewBox="0 0 9 9"><path class="b" d="M0 0H9"/></svg><details><summary>s</summary>x</details>`;
  const styles = where => [...document.querySelectorAll(where)].map(element => {
    const style = getComputedStyle(element);
    return element.tagName + '.' + element.getAttribute('class') + ' ' + ['color', 'backgroundColor', 'fontSize', 'fontFamily',
      'fontWeight', 'lineHeight', 'letterSpacing', 'textAlign', 'textTransform', 'display', 'marginTop', 'paddingLeft', 'overflowX',
      'fill', 'stroke', 'd'].map(property => property + ':' + style[property]).join(' ');
  });
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  const put = async (style, cells) => {
    await page.setContent(`<!doctype html><html lang="en">${style}<body><div id="theirs">${theirs}</div>`
      + '<div class="cell"></div><div class="cell"></div></body></html>');
    // Notebooks set what a cell shows in this way.
    await page.evaluate(([cells, html]) => document.querySelectorAll('.cell').forEach((cell, i) => {
      cell.innerHTML = i < cells ? html : '';
    }), [cells, html]);
  };
  await put(own, 0);
  const before = await page.evaluate(styles, '#theirs *');
  await put(own, 2);
  say('fragment', 'it changes nothing around it',
    (await page.evaluate(styles, '#theirs *')).filter((style, i) => style !== before[i]));
  const among = await page.evaluate(styles, '.cell:last-child *');
  await page.screenshot({path: join(pictures, 'fragment-among.png')});
  await put('', 2);
  const alone = await page.evaluate(styles, '.cell:last-child *');
  await page.screenshot({path: join(pictures, 'fragment-alone.png')});
  say('fragment', 'nothing around it changes it', alone.length < 100 ? ['it is not there'] :
    alone.flatMap((style, i) => style === among[i] ? [] : [style + ' became ' + among[i]]));
  await page.close();
}

try {
  await checkFragment(readFileSync(join(folder, 'fragment.txt'), 'utf8'));
  const files = readdirSync(folder).filter(file => file.endsWith('.html')).sort();
  // Two pages at a time: each waits for its picture to be painted much of the time.
  await Promise.all([0, 1].map(async () => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      await check(join(folder, file));
    }
  }));
} finally {
  await browser.close();
}
