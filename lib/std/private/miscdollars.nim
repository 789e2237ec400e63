## Texts that several modules make in one way.

template toLocation*(result: var string, file: string | cstring, line: int, col: int) =
  ## Appends a place as messages show it: `file(line, col)`. What is 0 is unknown.
  result.add file
  if line > 0:
    result.add '('
    result.addInt line
    if col > 0:
      result.add ", "
      result.addInt col
    result.add ')'
