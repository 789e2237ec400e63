## The terminal: cursor, colours, erasing, and single key presses. Written as escape sequences, read through termios.

from std/colors import Color, extractRGB

type
  Style* = enum
    ## How text is drawn.
    styleBright = 1, styleDim, styleItalic, styleUnderscore, styleBlink, styleBlinkRapid, styleReverse, styleHidden,
    styleStrikethrough
  ForegroundColor* = enum
    ## Colours of text.
    fgBlack = 30, fgRed, fgGreen, fgYellow, fgBlue, fgMagenta, fgCyan, fgWhite, fg8Bit, fgDefault
  BackgroundColor* = enum
    ## Colours behind text.
    bgBlack = 40, bgRed, bgGreen, bgYellow, bgBlue, bgMagenta, bgCyan, bgWhite, bg8Bit, bgDefault
  WinSize {.bycopy.} = object
    rows, columns, xPixels, yPixels: uint16
  Termios = object
    # As the C library has it: four words of flags, then, on Linux, the line discipline and the control characters.
    when defined(macosx):
      iflag, oflag, cflag, lflag: culong
      cc: array[20, uint8]
      ispeed, ospeed: culong
    else:
      iflag, oflag, cflag, lflag: cuint
      line: uint8
      cc: array[32, uint8]
      ispeed, ospeed: cuint

proc cIoctl(fd: cint, request: culong): cint {.importc: "ioctl", varargs, cdecl.}
proc cIsatty(fd: cint): cint {.importc: "isatty", cdecl.}
proc cTcgetattr(fd: cint, t: pointer): cint {.importc: "tcgetattr", cdecl.}
proc cTcsetattr(fd, actions: cint, t: pointer): cint {.importc: "tcsetattr", cdecl.}
proc cRead(fd: cint, buf: pointer, n: csize_t): int {.importc: "read", cdecl.}
proc cGetenv(name: cstring): cstring {.importc: "getenv", cdecl.}

const
  ansiResetCode* = "\e[0m" ## Ends all styles.
  canonical = when defined(macosx): 0x100 else: 2
  echoing = 8

proc isatty*(f: File): bool =
  ## Is the file a terminal?
  cIsatty(cint(getFileHandle(f))) != 0

# Size

proc windowSize(fds: openArray[int], columns: bool): int =
  const request = when defined(macosx): 0x40087468 else: 0x5413
  for fd in fds:
    var size: WinSize
    if cIoctl(cint(fd), culong(request), addr size) != -1:
      return if columns: int(size.columns) else: int(size.rows)

proc terminalWidthIoctl*(fds: openArray[int]): int = windowSize(fds, columns = true)
  ## The number of columns of the first of these that is a terminal, or 0.
proc terminalHeightIoctl*(fds: openArray[int]): int = windowSize(fds, columns = false)
  ## The number of its rows, or 0.

proc fromEnv(name: cstring): int =
  let text = cGetenv(name)
  if text == nil: return 0
  for c in $text:
    if c notin {'0'..'9'} or result > 100_000: return 0
    result = result * 10 + ord(c) - ord('0')

proc terminalWidth*(): int =
  ## The number of columns; 80 when it is not known.
  result = terminalWidthIoctl([0, 1, 2])
  if result == 0: result = fromEnv("COLUMNS")
  if result == 0: result = 80

proc terminalHeight*(): int =
  ## The number of rows; 0 when it is not known.
  result = terminalHeightIoctl([0, 1, 2])
  if result == 0: result = fromEnv("LINES")

proc terminalSize*(): tuple[w, h: int] = (w: terminalWidth(), h: terminalHeight())

# Cursor

proc hideCursor*(f: File) = f.write("\e[?25l")
proc showCursor*(f: File) = f.write("\e[?25h")

proc setCursorPos*(f: File, x, y: int) =
  ## Puts the cursor to column `x` of row `y`, both from 0.
  f.write("\e[" & $(y + 1) & ";" & $(x + 1) & "f")

proc setCursorXPos*(f: File, x: int) = f.write("\e[" & $(x + 1) & "G")
proc cursorUp*(f: File, count = 1) = f.write("\e[" & $count & "A")
proc cursorDown*(f: File, count = 1) = f.write("\e[" & $count & "B")
proc cursorForward*(f: File, count = 1) = f.write("\e[" & $count & "C")
proc cursorBackward*(f: File, count = 1) = f.write("\e[" & $count & "D")

# Erasing

proc eraseLine*(f: File) =
  ## Empties the cursor's row and puts the cursor to its beginning.
  f.write("\e[2K")
  setCursorXPos(f, 0)

proc eraseScreen*(f: File) = f.write("\e[2J")
  ## Empties the screen; the cursor stays.

# Colours and styles

proc ansiStyleCode*(style: int): string = "\e[" & $style & "m"
proc ansiStyleCode*(style: Style): string = ansiStyleCode(ord(style))
proc ansiForegroundColorCode*(color: ForegroundColor, bright = false): string =
  ansiStyleCode(ord(color) + (if bright: 60 else: 0))
proc ansiBackgroundColorCode*(color: BackgroundColor, bright = false): string =
  ansiStyleCode(ord(color) + (if bright: 60 else: 0))

proc resetAttributes*(f: File) = f.write(ansiResetCode)

proc setStyle*(f: File, style: set[Style]) =
  ## Draws what follows in these styles.
  for s in style: f.write(ansiStyleCode(s))

proc setForegroundColor*(f: File, color: ForegroundColor, bright = false) =
  f.write(ansiForegroundColorCode(color, bright))

proc setBackgroundColor*(f: File, color: BackgroundColor, bright = false) =
  f.write(ansiBackgroundColorCode(color, bright))

proc writeStyled*(txt: string, style: set[Style] = {styleBright}) =
  ## Writes text in a style to standard output.
  stdout.setStyle(style)
  stdout.write(txt)
  stdout.resetAttributes()

# True colours

var trueColors {.threadvar.}: bool

proc isTrueColorSupported*(): bool = trueColors
  ## Has the terminal said that it shows any colour?
proc enableTrueColors*() =
  ## Looks whether the terminal shows any colour.
  let said = cGetenv("COLORTERM")
  trueColors = said != nil and $said in ["truecolor", "24bit"]
proc disableTrueColors*() = trueColors = false
  ## Shows no colours but those with names.

proc colorCode(ground: string, color: Color): string =
  let (r, g, b) = extractRGB(color)
  "\e[" & ground & ";2;" & $r & ";" & $g & ";" & $b & "m"
proc ansiForegroundColorCode*(color: Color): string = colorCode("38", color)
proc ansiBackgroundColorCode*(color: Color): string = colorCode("48", color)
proc setForegroundColor*(f: File, color: Color) =
  ## Draws what follows in any colour, if the terminal can.
  if trueColors: f.write(ansiForegroundColorCode(color))
proc setBackgroundColor*(f: File, color: Color) =
  if trueColors: f.write(ansiBackgroundColorCode(color))

# The same for standard output

template setForegroundColor*(color: Color) = setForegroundColor(stdout, color)
template setBackgroundColor*(color: Color) = setBackgroundColor(stdout, color)

template hideCursor*() = hideCursor(stdout)
template showCursor*() = showCursor(stdout)
template setCursorPos*(x, y: int) = setCursorPos(stdout, x, y)
template setCursorXPos*(x: int) = setCursorXPos(stdout, x)
template cursorUp*(count = 1) = cursorUp(stdout, count)
template cursorDown*(count = 1) = cursorDown(stdout, count)
template cursorForward*(count = 1) = cursorForward(stdout, count)
template cursorBackward*(count = 1) = cursorBackward(stdout, count)
template eraseLine*() = eraseLine(stdout)
template eraseScreen*() = eraseScreen(stdout)
template setStyle*(style: set[Style]) = setStyle(stdout, style)
template setForegroundColor*(color: ForegroundColor, bright = false) = setForegroundColor(stdout, color, bright)
template setBackgroundColor*(color: BackgroundColor, bright = false) = setBackgroundColor(stdout, color, bright)

proc resetAttributes*() = stdout.resetAttributes()
  ## Ends all styles of standard output.

# Keys

proc getch*(): char =
  ## Waits for a key and gives it, without echo and without Enter. '\0' at the end of input.
  var old: Termios
  let raw = cTcgetattr(0, addr old) == 0
  if raw:
    var now = old
    let off = typeof(old.lflag)(canonical or echoing)
    now.lflag = now.lflag and not off
    discard cTcsetattr(0, 1, addr now)
  var c = '\0'
  stdout.flushFile()
  if cRead(0, addr c, 1) != 1: c = '\0'
  if raw: discard cTcsetattr(0, 1, addr old)
  c

proc readPasswordFromStdin*(prompt: string, password: var string): bool =
  ## Reads a line without showing it; false at the end of input.
  stdout.write(prompt)
  stdout.flushFile()
  var old: Termios
  let raw = cTcgetattr(0, addr old) == 0
  if raw:
    var now = old
    let off = typeof(old.lflag)(echoing)
    now.lflag = now.lflag and not off
    discard cTcsetattr(0, 1, addr now)
  result = stdin.readLine(password)
  if raw: discard cTcsetattr(0, 1, addr old)
  stdout.write("\n")

proc readPasswordFromStdin*(prompt = "password: "): string =
  ## As above; nothing at the end of input.
  if not readPasswordFromStdin(prompt, result): result = ""

# Text and styles in one call

type TerminalCmd* = enum
  ## What `styledWrite` takes beside text, styles and colours.
  resetStyle, fgColor, bgColor

template styledPart(f: File, s: string) = write(f, s)
template styledPart(f: File, style: Style) = setStyle(f, {style})
template styledPart(f: File, style: set[Style]) = setStyle(f, style)
template styledPart(f: File, color: ForegroundColor) = setForegroundColor(f, color)
template styledPart(f: File, color: BackgroundColor) = setBackgroundColor(f, color)
template styledPart(f: File, cmd: TerminalCmd) =
  when cmd == resetStyle: resetAttributes(f)
  else: {.error: "not supported yet: true colors".}

macro styledWrite*(f: File, m: varargs[untyped]): untyped {.magic: "Macro".}
  ## Writes text in the styles and colours that stand before it, and sets them back at the end.
macro styledWriteLine*(f: File, args: varargs[untyped]): untyped {.magic: "Macro".}
  ## As `styledWrite`, with a line break.
macro styledEcho*(args: varargs[untyped]): untyped {.magic: "Macro".}
  ## As `styledWriteLine`, to standard output.
