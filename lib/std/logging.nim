## Messages about what a program does, by how much they matter.

import std/[os, times, strutils]

type
  Level* = enum
    ## How much a message matters.
    lvlAll, lvlDebug, lvlInfo, lvlNotice, lvlWarn, lvlError, lvlFatal, lvlNone

const
  LevelNames*: array[Level, string] = ["DEBUG", "DEBUG", "INFO", "NOTICE", "WARN", "ERROR", "FATAL", "NONE"]
    ## The levels in messages.
  defaultFmtStr* = "$levelname " ## The level.
  verboseFmtStr* = "$levelid, [$datetime] -- $appname: " ## Its first letter, the time and the program.
  # As Nim 2 has it: a message is in the file at once, whatever becomes of the program.
  defaultFlushThreshold = when defined(nimV1LogFlushBehavior): lvlError else: lvlAll

type
  Logger* = ref object of RootObj
    ## Takes messages from a level up.
    levelThreshold*: Level
    fmtStr*: string
  ConsoleLogger* = ref object of Logger
    ## Writes them to the terminal.
    useStderr*: bool
    flushThreshold*: Level ## From this level up a message is not kept in a buffer.
  FileLogger* = ref object of Logger
    ## Writes them to a file.
    file*: File
    flushThreshold*: Level
  RollingFileLogger* = ref object of FileLogger
    ## Writes them to a file, and keeps those before it that are full.
    maxLines: int
    curLine: int
    baseName: string
    baseMode: FileMode
    logFiles: int
    bufSize: int

var
  level = lvlAll
  handlers: seq[Logger]

proc substituteLog*(frmt: string, level: Level, args: varargs[string, `$`]): string =
  ## A message, with what the format says before it.
  var size = 0
  for arg in args: size += arg.len
  result = newStringOfCap(frmt.len + size + 20)
  var i = 0
  while i < frmt.len:
    if frmt[i] != '$':
      result.add(frmt[i])
      inc i
      continue
    inc i
    var name = ""
    while i < frmt.len and frmt[i] in {'a'..'z', 'A'..'Z', '_'}:
      name.add(toLowerAscii(frmt[i]))
      inc i
    case name
    of "date": result.add(getDateStr())
    of "time": result.add(getClockStr())
    of "datetime": result.add(getDateStr() & "T" & getClockStr())
    of "app": result.add(getAppFilename())
    of "appdir": result.add(getAppFilename().splitFile.dir)
    of "appname": result.add(getAppFilename().splitFile.name)
    of "levelid": result.add(LevelNames[level][0])
    of "levelname": result.add(LevelNames[level])
    else: discard
  for arg in args: result.add(arg)

proc wanted(logger: Logger, lvl: Level): bool = lvl >= level and lvl >= logger.levelThreshold

method log*(logger: Logger, level: Level, args: varargs[string, `$`]) {.base, gcsafe, raises: [Exception],
    tags: [RootEffect].} =
  ## Takes a message. Loggers do this in their own way.
  discard

method log*(logger: ConsoleLogger, level: Level, args: varargs[string, `$`]) =
  if not logger.wanted(level): return
  let line = substituteLog(logger.fmtStr, level, args)
  try:
    let to = if logger.useStderr: stderr else: stdout
    to.writeLine(line)
    if level >= logger.flushThreshold: to.flushFile()
  except IOError: discard

proc newConsoleLogger*(levelThreshold = lvlAll, fmtStr = defaultFmtStr, useStderr = false,
                       flushThreshold = defaultFlushThreshold): ConsoleLogger =
  ## A logger for the terminal.
  ConsoleLogger(fmtStr: fmtStr, levelThreshold: levelThreshold, useStderr: useStderr, flushThreshold: flushThreshold)

method log*(logger: FileLogger, level: Level, args: varargs[string, `$`]) =
  if not logger.wanted(level): return
  logger.file.writeLine(substituteLog(logger.fmtStr, level, args))
  if level >= logger.flushThreshold: logger.file.flushFile()

proc defaultFilename*(): string = changeFileExt(getAppFilename(), "log")
  ## The program's name with `.log`.

proc newFileLogger*(file: File, levelThreshold = lvlAll, fmtStr = defaultFmtStr,
                    flushThreshold = defaultFlushThreshold): FileLogger =
  ## A logger for an open file.
  FileLogger(file: file, levelThreshold: levelThreshold, fmtStr: fmtStr, flushThreshold: flushThreshold)

proc newFileLogger*(filename = defaultFilename(), mode: FileMode = fmAppend, levelThreshold = lvlAll,
                    fmtStr = defaultFmtStr, bufSize: int = -1, flushThreshold = defaultFlushThreshold): FileLogger =
  ## A logger for a file by name.
  newFileLogger(open(filename, mode, bufSize), levelThreshold, fmtStr, flushThreshold)

proc newRollingFileLogger*(filename = defaultFilename(), mode: FileMode = fmReadWrite, levelThreshold = lvlAll,
                           fmtStr = defaultFmtStr, maxLines: Positive = 1000, bufSize: int = -1,
                           flushThreshold = defaultFlushThreshold): RollingFileLogger =
  ## A logger that begins another file when one has `maxLines` lines.
  result = RollingFileLogger(levelThreshold: levelThreshold, fmtStr: fmtStr, maxLines: maxLines, bufSize: bufSize,
    baseName: filename, baseMode: mode, file: open(filename, mode, bufSize), flushThreshold: flushThreshold)
  if mode == fmAppend:
    for line in lines(filename): inc result.curLine
  while fileExists(filename & "." & $(result.logFiles + 1)): inc result.logFiles

proc rotate(logger: RollingFileLogger) =
  # Each full file moves up by one.
  for i in countdown(logger.logFiles, 0):
    let source = logger.baseName & (if i == 0: "" else: "." & $i)
    moveFile(source, logger.baseName & "." & $(i + 1))

method log*(logger: RollingFileLogger, level: Level, args: varargs[string, `$`]) =
  if not logger.wanted(level): return
  if logger.curLine >= logger.maxLines:
    logger.file.close()
    rotate(logger)
    inc logger.logFiles
    logger.curLine = 0
    logger.file = open(logger.baseName, logger.baseMode, logger.bufSize)
  logger.file.writeLine(substituteLog(logger.fmtStr, level, args))
  if level >= logger.flushThreshold: logger.file.flushFile()
  inc logger.curLine

proc logLoop(lvl: Level, args: varargs[string, `$`]) =
  for logger in handlers:
    if lvl >= logger.levelThreshold: log(logger, lvl, args)

template log*(level: Level, args: varargs[string, `$`]) =
  ## Gives all loggers a message.
  bind logLoop
  bind `%`
  if level >= getLogFilter(): logLoop(level, args)

template debug*(args: varargs[string, `$`]) = log(lvlDebug, args)
  ## What helps those who write the program.
template info*(args: varargs[string, `$`]) = log(lvlInfo, args)
  ## What happens.
template notice*(args: varargs[string, `$`]) = log(lvlNotice, args)
  ## What happens and is worth a look.
template warn*(args: varargs[string, `$`]) = log(lvlWarn, args)
  ## What may become an error.
template error*(args: varargs[string, `$`]) = log(lvlError, args)
  ## What went wrong.
template fatal*(args: varargs[string, `$`]) = log(lvlFatal, args)
  ## What the program cannot go on with.

proc addHandler*(handler: Logger) = handlers.add(handler)
  ## Gives messages to one more logger.
proc getHandlers*(): seq[Logger] = handlers
  ## Those that get messages.
proc setLogFilter*(lvl: Level) = level = lvl
  ## Leaves out what is below a level.
proc getLogFilter*(): Level = level
  ## The level from which messages are taken.
