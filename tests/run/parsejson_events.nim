discard """
  output: '''
jsonObjectStart
jsonString a
jsonArrayStart
jsonInt 1
jsonFloat 2.5
jsonString x
é😀
jsonTrue
jsonNull
jsonArrayEnd
jsonString b
jsonObjectStart
jsonObjectEnd
jsonString c
jsonFloat -1e3
jsonObjectEnd
jsonEof
jsonArrayStart
jsonInt 1
f(1, 4) Error: ']' expected
jsonObjectStart
jsonString a
f(1, 6) Error: ':' expected
jsonArrayStart
jsonInt 1
jsonArrayEnd
jsonEof
f(1, 4) Error: EOF expected
jsonObjectStart
jsonString "a"
jsonString "q\""
jsonObjectEnd
jsonEof
jsonInt 3
f(1, 3) Error: EOF expected
f(1, 4) Error: EOF expected
jsonEof
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
