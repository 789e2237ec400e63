discard """
  output: '''
'''
"""
# JSON as events, and its mistakes.
import parsejson, streams
proc run(s: string, raw = false) =
  var p: JsonParser
  open(p, newStringStream(s), "f", raw)
  while true:
    p.next()
    case p.kind
    of jsonError:
      echo p.errorMsg
      break
    of jsonString, jsonInt, jsonFloat: echo p.kind, " ", p.str
    else: echo p.kind
    if p.kind == jsonEof: break
  p.close
run("""{"a": [1, 2.5, "x\n\u00e9\ud83d\ude00", true, null], "b": {}, /* c */ "c": -1e3} // end""")
run("[1 2]")
run("{\"a\" 1}")
run("[1,]")
run("nope")
run("{\"a\": \"q\\\"\"}", true)
run("3 4")
run("\"abc")
run("")
