## Watching code that runs at compile time.

proc vmTrace*(on: bool) {.compileTime, error: "not supported yet: 'vmTrace'".} = discard
