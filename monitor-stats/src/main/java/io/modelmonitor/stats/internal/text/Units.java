package io.modelmonitor.stats.internal.text;

import java.util.Set;

/** The units and currencies before or behind numbers. */
final class Units {

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
