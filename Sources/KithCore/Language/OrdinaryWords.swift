/// First names that are words of their own, or months, feasts or towns, in the languages calendars are most often written in.
///
/// In a title such a word rarely means a person: `Budget for May`, `Mark deck`, `Flight to Paris`, `Jan numbers`.
let ordinaryWords: Set<String> = [
    // Months, seasons and feasts.
    "jan", "april", "avril", "abril", "may", "mai", "mayo", "june", "juni", "juin", "july", "juli", "august", "agosto",
    "summer", "autumn", "winter", "spring", "easter", "noel", "noël", "holly", "domingo", "carol", "eve",
    // English.
    "will", "mark", "bill", "art", "rose", "grace", "hope", "joy", "faith", "dawn", "drew", "chance", "chase", "grant",
    "frank", "rich", "pat", "sue", "gene", "guy", "rob", "skip", "ward", "dean", "earl", "duke", "king", "prince",
    "major", "ivy", "daisy", "lily", "violet", "ruby", "pearl", "amber", "crystal", "olive", "penny", "sky", "star",
    "max", "miles", "cliff", "glen", "sandy", "stone", "wade", "page", "reed", "rod", "dale", "brook", "brooks",
    "hunter",
    "baker", "archer", "porter", "sage", "basil", "ginger", "cherry", "honey", "angel", "cash", "norm", "iris",
    "destiny", "harmony", "trinity", "justice", "mercy", "patience", "prudence", "constance", "melody", "buck", "buddy",
    "chip", "herb", "lance", "bishop", "abbey", "haven", "journey", "legend", "story", "true", "ace", "clay", "hazel",
    "jade", "jasmine", "jewel", "poppy", "rocky", "van", "gray", "merit", "pace", "sterling", "gale", "tab",
    // German, French, Spanish, Italian.
    "ernst", "wolf", "rosa", "stein", "heide", "linde", "viola", "pierre", "prosper", "sol", "luz", "paz", "mar",
    "cruz",
    "rosario", "dolores", "mercedes", "consuelo", "pilar", "esperanza", "blanca", "alba", "victoria", "gloria",
    "gracia",
    "bella", "luna", "stella", "vera",
    // Places.
    "paris", "florence", "sydney", "austin", "chelsea", "jordan", "georgia", "madison", "houston", "brooklyn",
    "bristol",
    "carolina", "dakota", "virginia", "milan", "vienna", "london", "dallas", "phoenix", "charlotte", "savannah", "chad",
    "israel", "china", "india", "asia", "kenya", "siena", "sienna", "verona", "lourdes", "orlando", "lincoln",
    "washington", "santiago", "diego", "francisco", "lorraine", "alexandria", "adelaide", "troy", "denver", "memphis",
    "cairo", "roma", "valencia", "lisboa",
]
