## Lines from a person at a terminal.

proc readLineFromStdin*(prompt: string, line: var string): bool =
  ## Shows `prompt` and reads a line. Says whether there was one.
  stdout.write(prompt)
  stdout.flushFile()
  stdin.readLine(line)

proc readLineFromStdin*(prompt: string): string =
  ## Shows `prompt` and reads a line. Raises IOError at the end of the input.
  if not readLineFromStdin(prompt, result): raise newException(IOError, "EOF reached")
