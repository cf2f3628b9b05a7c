"""Holds the words and signs of shares, currencies and measures: the part of the lexicon that figures are read with.

A currency's unit ends in the sign of its kind, so that "$" may be "US$" or "A$" and these two are not one.
"""

__all__ = ["ATTACHED", "CURRENCY_SIGNS", "MEASURES", "UNIT_WORDS", "one_measure"]

_SHARES = {"%": "percent, per cent, pct", "pp": "percentage point, pct point, pp", "bp": "basis point, bps"}
_CURRENCIES = {
    "$": "dollar",
    "US$": "US dollar, U.S. dollar, American dollar, USD",
    "A$": "Australian dollar, Aussie dollar, AUD",
    "C$": "Canadian dollar, CAD",
    "NZ$": "New Zealand dollar, NZD",
    "HK$": "Hong Kong dollar, HKD",
    "S$": "Singapore dollar, SGD",
    "NT$": "Taiwan dollar, TWD",
    "R$": "Brazilian real, reais, BRL",
    "€": "euro, EUR",
    "£": "pound, pound sterling, quid, GBP",
    "EG£": "Egyptian pound, EGP",
    "¥": "",
    "JP¥": "yen, JPY",
    "CN¥": "yuan, renminbi, CNY, RMB",
    "₹": "rupee, INR",
    "IN₹": "Indian rupee",
    "PK₹": "Pakistani rupee, PKR",
    "LK₹": "Sri Lankan rupee, LKR",
    "₩": "Korean won, KRW",
    "₽": "rouble, ruble, RUB",
    "₺": "lira, Turkish lira, TRY",
    "₴": "hryvnia, UAH",
    "₦": "naira, NGN",
    "₪": "shekel, ILS",
    "฿": "baht, THB",
    "₫": "dong, VND",
    "₱": "PHP",
    "Fr": "franc",
    "CHF": "Swiss franc, CHF",
    "kr": "krona, kronor, krone, kroner, kronur, SEK, NOK, DKK, ISK",
    "zł": "zloty, zlotys, złoty, PLN",
    "peso": "peso, MXN, ARS, CLP, COP",
    "rand": "rand, ZAR",
    "riyal": "riyal, SAR",
    "dirham": "dirham, AED, MAD",
    "dinar": "dinar",
    "ringgit": "ringgit, MYR",
    "rupiah": "rupiah, IDR",
    "forint": "forint, HUF",
    "shilling": "shilling",
    "¢": "cent, eurocent",
    "p": "pence",
}
# Codes and signs before a figure: "USD 5 million", "Rs 40"
CURRENCY_SIGNS = {
    **{unit: unit for unit in ("$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₴", "₦", "₪", "฿", "₫", "₱")},
    **{unit: unit for unit in ("US$", "A$", "C$", "NZ$", "HK$", "S$", "NT$", "R$")},
    "AU$": "A$",
    "CA$": "C$",
    "Rs": "₹",
    **{
        word: unit
        for unit, words in _CURRENCIES.items()
        for word in words.split(", ")
        if word.isupper() and word != "US"
    },
}

# Unit: dimension, how many of the dimension's own unit it is, and its words. What has no number may be any of its kind.
_MEASURES = """
    mm      length 0.001        millimetre, millimeter
    cm      length 0.01         centimetre, centimeter
    m       length 1            metre, meter
    km      length 1000         kilometre, kilometer, km
    inch    length 0.0254       inch, inches
    ft      length 0.3048       foot, feet, ft
    yard    length 0.9144       yard
    mile    length 1609.344     mile
    nm      length 1852         nautical mile
    g       mass 0.001          gram, gramme
    kg      mass 1              kilogram, kilogramme, kilo, kg
    t       mass 1000           tonne, ton, metric ton
    oz      mass 0.0283495      ounce
    lb      mass 0.453592       lb, lbs
    ml      volume 0.001        millilitre, milliliter
    l       volume 1            litre, liter
    pint    volume 0.5683       pint
    gallon  volume 3.785        gallon
    barrel  volume 158.987      barrel
    m3      volume 1000         cubic metre, cubic meter
    cu-ft   volume 28.3168      cubic foot, cubic feet
    m2      area 0.0001         square metre, square meter
    sq-ft   area 0.0000092903   square foot, square feet
    acre    area 0.404686       acre
    ha      area 1              hectare
    km2     area 100            square kilometre, square kilometer
    sq-mile area 258.999        square mile
    km/h    speed 1             kilometre per hour, kilometer per hour, kilometre an hour, km per hour, km/h, kph
    mph     speed 1.609344      mile per hour, mile an hour, mph
    knot    speed 1.852         knot
    kW      power 0.001         kilowatt
    MW      power 1             megawatt
    GW      power 1000          gigawatt
    kWh     energy 0.001        kilowatt-hour, kilowatt hour
    MWh     energy 1            megawatt-hour, megawatt hour
    GWh     energy 1000         gigawatt-hour, gigawatt hour
    TWh     energy 1000000      terawatt-hour, terawatt hour
    MB      data 0.001          megabyte
    GB      data 1              gigabyte
    TB      data 1000           terabyte
    second  time 0.0000115741   second
    minute  time 0.000694444    minute, min
    hour    time 0.0416667      hour, hr
    day     time 1              day
    week    time 7              week
    month   time 30.4375        month
    year    time 365.25         year
    decade  time 3652.5         decade
    °       heat 0              degree
    °C      heat 1              degree Celsius, degree C, degree centigrade, Celsius
    °F      heat 1              degree Fahrenheit, degree F, Fahrenheit
"""
MEASURES = {
    unit: (dimension, float(size))
    for unit, dimension, size, *_ in (row.split(maxsplit=3) for row in _MEASURES.strip().splitlines())
}

# What is written onto the digits: "5km", "30C"
ATTACHED = {
    **{unit: unit for unit in "mm cm km ft kg mph km/h kW MW GW kWh MWh GWh TWh MB GB TB ha °C °F ° p ¢ lb oz".split()},
    "C": "°C",
    "F": "°F",
    "ºC": "°C",
    "kph": "km/h",
    "lbs": "lb",
    "kr": "kr",
    "hrs": "hour",
    "bp": "bp",
    "bps": "bp",
    "km²": "km2",
    "m²": "m2",
    "m³": "m3",
    "pp": "pp",
}


def _with_plurals(phrases: str) -> list[str]:
    """Each phrase in lower case, alone and with an "s" after its first or last word."""
    found = []
    for phrase in filter(None, phrases.lower().split(", ")):
        first, _, rest = phrase.partition(" ")
        found += [phrase, f"{phrase}s", f"{first}s {rest}".strip()]
    return found


# Each phrase that tells a unit, in lower case -> the unit; measures are `MEASURES`
UNIT_WORDS = {
    phrase: unit
    for unit, phrases in (
        *_SHARES.items(),
        *_CURRENCIES.items(),
        *((row.split(maxsplit=3)[0], row.split(maxsplit=3)[3]) for row in _MEASURES.strip().splitlines()),
    )
    for phrase in _with_plurals(phrases)
}

_CONVERTED = 0.05  # of the value, by which "five km" may be "three miles"


def one_measure(left: tuple[float, str], right: tuple[float, str]) -> bool:
    """Whether two values with their measures may be one amount, each being rounded; a missing measure may be any.

    >>> one_measure((12, "month"), (1, "year")), one_measure((11, "month"), (11, "week"))
    (True, False)
    """
    (value, unit), (other, known) = left, right
    if unit == known or not (unit and known):
        return value == other
    dimension, size = MEASURES[unit]
    theirs, their_size = MEASURES[known]
    if dimension != theirs:
        return False
    if dimension == "heat":
        return _one_heat(left, right)
    return abs(value * size - other * their_size) <= _CONVERTED * abs(other * their_size)


def _one_heat(left: tuple[float, str], right: tuple[float, str]) -> bool:
    """Whether two temperatures are one, within a degree; "40 degrees" may be of either kind."""
    if "°" in (left[1], right[1]):
        return left[0] == right[0]
    celsius = [(value - 32) / 1.8 if unit == "°F" else value for value, unit in (left, right)]
    return abs(celsius[0] - celsius[1]) <= 1
