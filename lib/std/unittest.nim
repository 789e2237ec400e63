## Unit tests: `suite` and `test`, with `check`, `expect` and `require` in them.
##
## A test prints `[OK]`, `[FAILED]` or `[SKIPPED]`; the program's status is 1 when one failed. Arguments of the program name
## the tests to run: a test, `suite::test`, and `*` at the beginning or the end of either.

import std/[os, streams, strutils, times]

type
  TestStatus* = enum
    ## How a test came out.
    OK, FAILED, SKIPPED
  OutputLevel* = enum
    ## What is printed.
    PRINT_ALL, PRINT_FAILURES, PRINT_NONE
  TestResult* = object
    ## A test that has been run.
    suiteName*: string ## Empty outside of a suite.
    testName*: string
    status*: TestStatus
  OutputFormatter* = ref object of RootObj
    ## Is told what happens.
  ConsoleOutputFormatter* = ref object of OutputFormatter
    ## Prints to standard output.
    colorOutput: bool
    outputLevel: OutputLevel
    isInSuite, isInTest: bool
  JUnitOutputFormatter* = ref object of OutputFormatter
    ## Writes a report as tools for Java have it.
    stream: Stream
    testErrors: seq[string]
    testStartTime: float
    testStackTrace: string

const
  nimUnittestOutputLevel {.strdefine.} = $PRINT_ALL
  nimUnittestColor {.strdefine.} = "auto"
  nimUnittestAbortOnError {.booldefine.} = false

var
  abortOnError* = nimUnittestAbortOnError or existsEnv("NIMTEST_ABORT_ON_ERROR") ## End the program at the first failure?
  checkpoints: seq[string]
  formatters: seq[OutputFormatter]
  testsFilters: seq[string]
  disabledParamFiltering: bool

method suiteStarted*(formatter: OutputFormatter, suiteName: string) {.base.} = discard
method testStarted*(formatter: OutputFormatter, testName: string) {.base.} = discard
method failureOccurred*(formatter: OutputFormatter, checkpoints: seq[string], stackTrace: string) {.base.} = discard
method testEnded*(formatter: OutputFormatter, testResult: TestResult) {.base.} = discard
method suiteEnded*(formatter: OutputFormatter) {.base.} = discard

proc addOutputFormatter*(formatter: OutputFormatter) = formatters.add(formatter)
  ## Adds one that is told what happens.

proc delOutputFormatter*(formatter: OutputFormatter) =
  ## Takes one away.
  for i in countdown(formatters.high, 0):
    if formatters[i] == formatter: formatters.delete(i)

proc resetOutputFormatters*() = formatters = @[]
  ## Takes all away.

proc newConsoleOutputFormatter*(outputLevel: OutputLevel = PRINT_ALL, colorOutput = true): ConsoleOutputFormatter =
  ## One that prints.
  ConsoleOutputFormatter(outputLevel: outputLevel, colorOutput: colorOutput)

proc cIsatty(fd: cint): cint {.importc: "isatty", cdecl.}

proc wantsColor(): bool =
  case nimUnittestColor
  of "auto": result = cIsatty(getFileHandle(stdout)) != 0
  of "on": result = true
  of "off": result = false
  else: doAssert false, nimUnittestColor
  if existsEnv("NIMTEST_COLOR"):
    let color = getEnv("NIMTEST_COLOR")
    if color == "never": result = false
    elif color == "always": result = true
  elif existsEnv("NIMTEST_NO_COLOR"): result = false

proc defaultConsoleFormatter*(): ConsoleOutputFormatter =
  ## One that prints as the environment and switches say.
  newConsoleOutputFormatter(parseEnum[OutputLevel](getEnv("NIMTEST_OUTPUT_LVL", nimUnittestOutputLevel)), wantsColor())

proc inColor(on: bool, code, text: string): string =
  if on: "\e[1m\e[" & code & "m" & text & "\e[0m" else: text

method suiteStarted*(formatter: ConsoleOutputFormatter, suiteName: string) =
  echo inColor(formatter.colorOutput, "34", "\n[Suite] "), suiteName
  formatter.isInSuite = true

method testStarted*(formatter: ConsoleOutputFormatter, testName: string) = formatter.isInTest = true

method failureOccurred*(formatter: ConsoleOutputFormatter, checkpoints: seq[string], stackTrace: string) =
  if stackTrace.len > 0: echo stackTrace
  let prefix = if formatter.isInSuite: "    " else: ""
  for text in items(checkpoints): echo prefix, text

method testEnded*(formatter: ConsoleOutputFormatter, testResult: TestResult) =
  formatter.isInTest = false
  if formatter.outputLevel == PRINT_NONE: return
  if formatter.outputLevel == PRINT_FAILURES and testResult.status != FAILED: return
  let code = case testResult.status
    of OK: "32"
    of FAILED: "31"
    of SKIPPED: "33"
  let prefix = if testResult.suiteName.len > 0: "  " else: ""
  echo inColor(formatter.colorOutput, code, prefix & "[" & $testResult.status & "] "), testResult.testName

method suiteEnded*(formatter: ConsoleOutputFormatter) = formatter.isInSuite = false

include private/junit

proc glob(name, filter: string): bool =
  if filter.len == 0: return true
  let star = filter.find('*')
  if star < 0: return name == filter
  let (before, after) = (filter[0 ..< star], filter[star + 1 .. ^1])
  name.len >= before.len + after.len and name.startsWith(before) and name.endsWith(after)

proc matchFilter(suiteName, testName, filter: string): bool =
  if filter == "" or testName == filter: return true
  let at = filter.find("::")
  if at < 0: return glob(testName, filter)
  glob(suiteName, filter[0 ..< at]) and glob(testName, filter[at + 2 .. ^1])

proc shouldRun(suiteName, testName: string): bool =
  for filter in testsFilters:
    if matchFilter(suiteName, testName, filter): return true
  testsFilters.len == 0

proc ensureInitialized() =
  if formatters.len == 0: formatters = @[OutputFormatter(defaultConsoleFormatter())]
  if not disabledParamFiltering:
    for i in 1 .. paramCount():
      if paramStr(i) notin testsFilters: testsFilters.add(paramStr(i))

proc disableParamFiltering*() = disabledParamFiltering = true
  ## The program's arguments name no tests.

proc suiteEnded() =
  for formatter in formatters: formatter.suiteEnded()

proc testEnded(testResult: TestResult) =
  for formatter in formatters: formatter.testEnded(testResult)

proc setFailed() = programResult = 1

proc checkpoint*(msg: string) = checkpoints.add(msg)
  ## A message that is printed when the test fails.

proc exceptionTypeName(e: ref Exception): string = $e.name

template suite*(name, body) {.dirty.} =
  ## Tests that belong together, with a `setup:` before and a `teardown:` after each if wanted.
  bind formatters, ensureInitialized, suiteEnded
  block:
    template setup(setupBody: untyped) {.dirty, used.} =
      var testSetupIMPLFlag {.used.} = true
      template testSetupIMPL: untyped {.dirty.} = setupBody

    template teardown(teardownBody: untyped) {.dirty, used.} =
      var testTeardownIMPLFlag {.used.} = true
      template testTeardownIMPL: untyped {.dirty.} = teardownBody

    let testSuiteName {.used.} = name
    ensureInitialized()
    try:
      for formatter in formatters: formatter.suiteStarted(name)
      body
    finally: suiteEnded()

template test*(name, body) {.dirty.} =
  ## A test. It fails when a check in it fails or an exception leaves it.
  bind shouldRun, checkpoints, formatters, ensureInitialized, testEnded, exceptionTypeName, setFailed
  ensureInitialized()
  if shouldRun(when declared(testSuiteName): testSuiteName else: "", name):
    checkpoints = @[]
    var testStatusIMPL {.inject.} = TestStatus.OK
    for formatter in formatters: formatter.testStarted(name)
    try:
      when declared(testSetupIMPLFlag): testSetupIMPL()
      when declared(testTeardownIMPLFlag):
        defer: testTeardownIMPL()
      body
    except:
      let e = getCurrentException()
      checkpoint("Unhandled exception: " & getCurrentExceptionMsg() & " [" & exceptionTypeName(e) & "]")
      var stackTrace {.inject.} = e.getStackTrace()
      fail()
    finally:
      if testStatusIMPL == TestStatus.FAILED: setFailed()
      testEnded(TestResult(suiteName: when declared(testSuiteName): testSuiteName else: "", testName: name,
        status: testStatusIMPL))
      checkpoints = @[]

template fail*() =
  ## The test has failed; what was noted is printed.
  bind ensureInitialized, setFailed, formatters, checkpoints, abortOnError
  mixin testStatusIMPL, stackTrace
  when declared(testStatusIMPL): testStatusIMPL = TestStatus.FAILED
  else: setFailed()
  ensureInitialized()
  for formatter in formatters:
    when declared(stackTrace):
      when stackTrace is string: formatter.failureOccurred(checkpoints, stackTrace)
      else: formatter.failureOccurred(checkpoints, "")
    else: formatter.failureOccurred(checkpoints, "")
  if abortOnError: quit(1)
  checkpoints = @[]

template skip*() =
  ## The test counts as skipped; what follows in it is run all the same.
  bind checkpoints
  mixin testStatusIMPL
  testStatusIMPL = TestStatus.SKIPPED
  checkpoints = @[]

template tellOperand(name: untyped, value: typed) =
  when compiles(string($value)): checkpoint(name & " was " & $value)

macro check*(conditions: untyped): untyped {.magic: "Macro".}
  ## The test fails unless the condition holds, or each of several; the operands are printed.

template require*(conditions: untyped) =
  ## As `check`, and ends the program when it does not hold.
  let savedAbortOnError = abortOnError
  block:
    abortOnError = true
    check conditions
  abortOnError = savedAbortOnError

template expectBody(place: string, body: untyped, exceptions: varargs[untyped]) =
  bind checkpoint, fail
  try:
    body
    checkpoint(place & ": Expect Failed, no exception was thrown.")
    fail()
  except exceptions: discard
  except:
    checkpoint(place & ": Expect Failed, unexpected exception was thrown.")
    fail()

macro expect*(exceptions: varargs[untyped], body: untyped): untyped {.magic: "Macro".}
  ## The test fails unless the body raises one of the exceptions.
