package io.modelmonitor.stats.internal.text;

import java.util.Set;

/** The units and currencies before or behind numbers. */
final class Units {

    /** The currencies of ISO 4217, and some that were: their letters may be those of codes, too. */
    static final Set<String> ISO_4217 = Set.of(
            ("AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
                            + "CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
                            + "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD "
                            + "KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
                            + "NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD "
                            + "SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD "
                            + "XOF XPF YER ZAR ZMW ZWL CNH HRK VEF")
                    .split(" ", -1));

    /** The currencies most written, by ISO 4217. */
    static final Set<String> CURRENCIES = Set.of(
            "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
            "HUF", "RON", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "TRY", "RUB", "Rs", "kr");

    /** Units behind measured numbers; but for kelvins no single capitals, which rather count seats and flats. */
    static final Set<String> MEASURES = Set.of(
            "g", "kg", "mg", "t", "lb", "lbs", "oz", "m", "cm", "mm", "km", "mi", "ft", "in", "m2", "m\u00b2", "m3",
            "m\u00b3", "sqft", "ha", "s", "ms", "\u00b5s", "us", "ns", "sec", "min", "mins", "h", "hr", "hrs", "hours",
            "minutes", "seconds", "days", "weeks", "months", "years", "yrs", "\u00b0", "\u00b0C", "\u00b0F", "K", "kW",
            "MW", "Wh", "kWh", "MWh", "mV", "kV", "mA", "Hz", "kHz", "MHz", "GHz", "Pa", "hPa", "kPa", "bar", "mbar",
            "psi", "mmHg", "l", "ml", "dl", "cl", "mL", "km/h", "kmh", "kph", "mph", "m/s", "kn", "px", "pt", "dpi",
            "bpm", "rpm", "ppm", "dB", "dBm", "kJ", "kcal", "cal", "mg/dL", "mmol/L", "pcs", "pp", "bp");

    private Units() {}
}
