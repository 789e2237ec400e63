# Reading from files.

proc checkRead(f: File) =
  if cFerror(f) != 0:
    cClearerr(f)
    raiseIOError("cannot read from file")

proc endOfFile*(f: File): bool =
  ## Is there nothing left to read?
  let c = cFgetc(f)
  if c == -1: return true
  discard cUngetc(c, f)
  false

proc readBuffer*(f: File, buffer: pointer, len: Natural): int =
  ## Reads up to `len` bytes; gives how many came.
  result = int(cFread(buffer, 1, csize_t(len), f))
  if result != len: checkRead(f)

proc readBytes*(f: File, a: var openArray[int8 | uint8], start, len: Natural): int =
  readBuffer(f, cast[pointer](cast[int](dataPtr(a)) + start), min(len, a.len - start))

proc readChars*(f: File, a: var openArray[char]): int =
  readBuffer(f, dataPtr(a), a.len)

proc readChar*(f: File): char {.tags: [ReadIOEffect].} =
  ## One byte; an EOFError when there is none.
  let c = cFgetc(f)
  if c < 0:
    checkRead(f)
    raiseEOF()
  char(c)

proc readLine*(f: File, line: var string): bool {.tags: [ReadIOEffect].} =
  ## Reads a line, without its end; false when there is none.
  var buffer: pointer
  var room: csize_t
  var n = cGetline(addr buffer, addr room, f)
  line.setLen(0)
  if n < 0:
    cFree(buffer)
    checkRead(f)
    return false
  let text = cast[ptr UncheckedArray[char]](buffer)
  if n > 0 and text[n - 1] == '\n':
    dec n
    if n > 0 and text[n - 1] == '\r': dec n
  appendBytes(line, buffer, n)
  cFree(buffer)
  true

proc readLine*(f: File): string {.tags: [ReadIOEffect].} =
  ## Reads a line, without its end; an EOFError when there is none.
  if not readLine(f, result): raiseEOF()

proc readAll*(f: File): string {.tags: [ReadIOEffect].} =
  ## All that is left to read.
  var chunk {.noinit.}: array[4096, char]
  while true:
    let n = int(cFread(addr chunk[0], 1, csize_t(sizeof(chunk)), f))
    appendBytes(result, addr chunk[0], n)
    if n < sizeof(chunk): break
  checkRead(f)

proc readFile*(filename: string): string {.tags: [ReadIOEffect].} =
  ## A file's content.
  let f = open(filename)
  try: result = readAll(f)
  finally: close(f)

proc writeFile*(filename, content: string) {.tags: [WriteIOEffect].} =
  ## Replaces a file's content.
  let f = open(filename, fmWrite)
  try: f.write(content)
  finally: close(f)

proc writeFile*(filename: string, content: openArray[byte]) {.tags: [WriteIOEffect].} =
  let f = open(filename, fmWrite)
  try: writeAll(f, dataPtr(content), content.len)
  finally: close(f)

iterator lines*(f: File): string =
  ## The lines of a file, without their ends.
  var line: string
  while readLine(f, line): yield line

iterator lines*(filename: string): string =
  ## The lines of a file, without their ends.
  let f = open(filename)
  try:
    var line: string
    while readLine(f, line): yield line
  finally: close(f)

proc readLines*(filename: string, n: Natural): seq[string] {.tags: [ReadIOEffect].} =
  ## The first `n` lines of a file; an EOFError when there are fewer.
  let f = open(filename)
  try:
    for i in 0 ..< n: result.add(readLine(f))
  finally: close(f)

proc readLines*(filename: string): seq[string] {.tags: [ReadIOEffect].} =
  ## The lines of a file.
  let f = open(filename)
  try:
    var line: string
    while readLine(f, line): result.add(line)
  finally: close(f)
