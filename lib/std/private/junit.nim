# A part of `unittest`: reports in JUnit's format.

proc inXml(s: string): string =
  for c in s:
    case c
    of '<': result.add "&lt;"
    of '>': result.add "&gt;"
    of '&': result.add "&amp;"
    of '"': result.add "&quot;"
    of '\'': result.add "&apos;"
    of '\0' .. '\31': result.add "&#" & $ord(c) & ";"
    else: result.add c

proc newJUnitOutputFormatter*(stream: Stream): JUnitOutputFormatter =
  ## One that writes a report to the stream, until `close` is called.
  stream.writeLine("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
  stream.writeLine("<testsuites>")
  JUnitOutputFormatter(stream: stream)

proc close*(formatter: JUnitOutputFormatter) =
  ## Ends the report and closes its stream.
  formatter.stream.writeLine("</testsuites>")
  formatter.stream.close()

method suiteStarted*(formatter: JUnitOutputFormatter, suiteName: string) =
  formatter.stream.writeLine("\t<testsuite name=\"", inXml(suiteName), "\">")

method suiteEnded*(formatter: JUnitOutputFormatter) = formatter.stream.writeLine("\t</testsuite>")

method testStarted*(formatter: JUnitOutputFormatter, testName: string) =
  formatter.testErrors = @[]
  formatter.testStackTrace = ""
  formatter.testStartTime = epochTime()

method failureOccurred*(formatter: JUnitOutputFormatter, checkpoints: seq[string], stackTrace: string) =
  formatter.testErrors.add checkpoints
  if stackTrace.len > 0: formatter.testStackTrace = stackTrace

proc writeFailure(formatter: JUnitOutputFormatter) =
  # What an exception said comes last, what a check said first; the others are beside it.
  let raised = formatter.testStackTrace.len > 0
  var message = "The test failed without outputting an error"
  var others = formatter.testErrors
  if others.len > 0:
    let main = if raised: others.high else: 0
    message = inXml(others[main])
    others.delete main
  for text in mitems(others): text = inXml(text)
  let rest = others.join("\n")
  if not raised:
    formatter.stream.writeLine("\t\t\t<failure message=\"", message, "\">", rest, "</failure>")
    return
  formatter.stream.writeLine("\t\t\t<error message=\"", message, "\">", inXml(formatter.testStackTrace), "</error>")
  if rest.len > 0: formatter.stream.writeLine("\t\t\t<system-err>", rest, "</system-err>")

method testEnded*(formatter: JUnitOutputFormatter, testResult: TestResult) =
  let time = formatFloat(epochTime() - formatter.testStartTime, ffDecimal, 8)
  formatter.stream.writeLine("\t\t<testcase name=\"", inXml(testResult.testName), "\" time=\"", time, "\">")
  case testResult.status
  of OK: discard
  of SKIPPED: formatter.stream.writeLine("<skipped />")
  of FAILED: formatter.writeFailure()
  formatter.stream.writeLine("\t\t</testcase>")
