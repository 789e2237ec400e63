discard """
  output: '''
== ""
input(1, 0) Error: { expected
jsonEof 1:0 "" 
tkEof 1:0 "" 
== " "
input(1, 1) Error: { expected
jsonEof 1:1 "" 
tkEof 1:1 "" 
== "1"
JInt "1"
jsonInt 1:1 "1" jsonEof 1:1 "" 
tkInt 1:1 "1" tkEof 1:1 "" 
== "-1"
JInt "-1"
jsonInt 1:2 "-1" jsonEof 1:2 "" 
tkInt 1:2 "-1" tkEof 1:2 "" 
== "-"
JString "-"
jsonInt 1:1 "-" jsonEof 1:1 "" 
tkInt 1:1 "-" tkEof 1:1 "" 
== ".5"
JFloat "0.5"
jsonFloat 1:2 "0.5" jsonEof 1:2 "" 
tkFloat 1:2 "0.5" tkEof 1:2 "" 
== "-.5"
JFloat "-0.5"
jsonFloat 1:3 "-0.5" jsonEof 1:3 "" 
tkFloat 1:3 "-0.5" tkEof 1:3 "" 
== "1."
JFloat "1.0"
jsonFloat 1:2 "1." jsonEof 1:2 "" 
tkFloat 1:2 "1." tkEof 1:2 "" 
== "1e5"
JFloat "100000.0"
jsonFloat 1:3 "1e5" jsonEof 1:3 "" 
tkFloat 1:3 "1e5" tkEof 1:3 "" 
== "1e"
JString "1e"
jsonFloat 1:2 "1e" jsonEof 1:2 "" 
tkFloat 1:2 "1e" tkEof 1:2 "" 
== "1e+"
JString "1e+"
jsonFloat 1:3 "1e+" jsonEof 1:3 "" 
tkFloat 1:3 "1e+" tkEof 1:3 "" 
== "1E-2"
JFloat "0.01"
jsonFloat 1:4 "1E-2" jsonEof 1:4 "" 
tkFloat 1:4 "1E-2" tkEof 1:4 "" 
== "01"
JInt "1"
jsonInt 1:2 "01" jsonEof 1:2 "" 
tkInt 1:2 "01" tkEof 1:2 "" 
== "+1"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkInt 1:2 "1" tkEof 1:2 "" 
== "1.5.2"
input(1, 5) Error: EOF expected
jsonFloat 1:3 "1.5" jsonError 1:5 "0.2" f(1, 5) Error: EOF expected

tkFloat 1:3 "1.5" tkFloat 1:5 "0.2" tkEof 1:5 "" 
== "--1"
input(1, 3) Error: EOF expected
jsonInt 1:1 "-" jsonError 1:3 "-1" f(1, 3) Error: EOF expected

tkInt 1:1 "-" tkInt 1:3 "-1" tkEof 1:3 "" 
== "9223372036854775807"
JInt "9223372036854775807"
jsonInt 1:19 "9223372036854775807" jsonEof 1:19 "" 
tkInt 1:19 "9223372036854775807" tkEof 1:19 "" 
== "9223372036854775808"
JString "9223372036854775808"
jsonInt 1:19 "9223372036854775808" jsonEof 1:19 "" 
tkInt 1:19 "9223372036854775808" tkEof 1:19 "" 
== "-9223372036854775808"
JInt "-9223372036854775808"
jsonInt 1:20 "-9223372036854775808" jsonEof 1:20 "" 
tkInt 1:20 "-9223372036854775808" tkEof 1:20 "" 
== "1e999"
JFloat "inf"
jsonFloat 1:5 "1e999" jsonEof 1:5 "" 
tkFloat 1:5 "1e999" tkEof 1:5 "" 
== "0.1e1x"
input(1, 6) Error: EOF expected
jsonFloat 1:5 "0.1e1" jsonError 1:6 "x" f(1, 6) Error: EOF expected

tkFloat 1:5 "0.1e1" tkError 1:6 "x" tkEof 1:6 "" 
== "\"\""
JString "\"\""
jsonString 1:2 "" jsonEof 1:2 "" 
tkString 1:2 "\"\"" tkEof 1:2 "" 
== "\"a"
input(1, 2) Error: { expected
jsonError 1:2 "a" f(1, 2) Error: EOF expected

tkError 1:2 "\"a" tkEof 1:2 "" 
== "\"\\"
input(1, 2) Error: { expected
jsonError 1:2 "\\" f(1, 2) Error: EOF expected

tkError 1:2 "\"\\\\" tkEof 1:2 "" 
== "\"\\\""
input(1, 3) Error: { expected
jsonError 1:3 "\"" f(1, 3) Error: EOF expected

tkError 1:3 "\"\\\"" tkEof 1:3 "" 
== "\"\\n\\t\\r\\b\\f\\v\\/\\\\\\\'\\\"\""
JString "\"\\n\\t\\r\\b\\f\\u000b/\\\\\'\\\"\""
jsonString 1:22 "\x0A\x09\x0D\x08\x0C\x0B/\\\'\"" jsonEof 1:22 "" 
tkString 1:22 "\"\\\x0A\\\x09\\\x0D\\\x08\\\x0C\\\x0B\\/\\\\\\\'\\\"\"" tkEof 1:22 "" 
== "\"\\x41\""
JString "\"\\\\x41\""
jsonString 1:6 "\\x41" jsonEof 1:6 "" 
tkString 1:6 "\"\\\\x41\"" tkEof 1:6 "" 
== "\"\\u0041\""
JString "\"A\""
jsonString 1:8 "A" jsonEof 1:8 "" 
tkString 1:8 "\"\\u0041\"" tkEof 1:8 "" 
== "\"\\u00e9\\u20AC\""
JString "\"\xC3\xA9\xE2\x82\xAC\""
jsonString 1:14 "\xC3\xA9\xE2\x82\xAC" jsonEof 1:14 "" 
tkString 1:14 "\"\\u00e9\\u20AC\"" tkEof 1:14 "" 
== "\"\\ud83d\\ude00\""
JString "\"\xF0\x9F\x98\x80\""
jsonString 1:14 "\xF0\x9F\x98\x80" jsonEof 1:14 "" 
tkString 1:14 "\"\\ud83d\"" tkEof 1:14 "" 
== "\"\\ud83d\""
input(1, 8) Error: EOF expected
jsonString 1:7 "" jsonError 1:8 "" f(1, 8) Error: EOF expected

tkString 1:7 "\"\\u" tkError 1:8 "\"" tkEof 1:8 "" 
== "\"\\ud83d\\n\""
input(1, 8) Error: EOF expected
jsonString 1:7 "" jsonError 1:8 "" f(1, 8) Error: EOF expected

tkString 1:7 "\"\\u" tkError 1:8 "" tkError 1:9 "n" tkError 1:10 "\"" tkEof 1:10 "" 
== "\"\\ud83d\\u0041\""
input(1, 14) Error: EOF expected
jsonString 1:13 "" jsonError 1:14 "" f(1, 14) Error: EOF expected

tkString 1:13 "\"\\u" tkError 1:14 "\"" tkEof 1:14 "" 
== "\"\\ude00\""
JString "\"\xED\xB8\x80\""
jsonString 1:8 "\xED\xB8\x80" jsonEof 1:8 "" 
tkString 1:8 "\"\\ude00\"" tkEof 1:8 "" 
== "\"\\u12\""
input(1, 6) Error: EOF expected
jsonString 1:5 "" jsonError 1:6 "" f(1, 6) Error: EOF expected

tkString 1:5 "\"\\u" tkError 1:6 "\"" tkEof 1:6 "" 
== "\"\\uzzzz\""
input(1, 7) Error: EOF expected
jsonString 1:3 "" jsonError 1:7 "zzzz" f(1, 7) Error: EOF expected

tkString 1:3 "\"\\u" tkError 1:7 "zzzz" tkError 1:8 "\"" tkEof 1:8 "" 
== "\"a\x0Ab\x0D\x0Ac\x0Dd\""
JString "\"a\\nb\\rc\\rd\""
jsonString 4:2 "a\x0Ab\x0Dc\x0Dd" jsonEof 4:2 "" 
tkString 4:2 "\"a\x0Ab\x0Dc\x0Dd\"" tkEof 4:2 "" 
== "\"a\x00b\""
input(1, 2) Error: { expected
jsonError 1:2 "a" f(1, 2) Error: EOF expected

tkError 1:2 "\"a" tkEof 1:2 "" 
== "nul"
input(1, 3) Error: { expected
jsonError 1:3 "nul" f(1, 3) Error: EOF expected

tkError 1:3 "nul" tkEof 1:3 "" 
== "null"
JNull "null"
jsonNull 1:4 "null" jsonEof 1:4 "" 
tkNull 1:4 "null" tkEof 1:4 "" 
== "true"
JBool "true"
jsonTrue 1:4 "true" jsonEof 1:4 "" 
tkTrue 1:4 "true" tkEof 1:4 "" 
== "false"
JBool "false"
jsonFalse 1:5 "false" jsonEof 1:5 "" 
tkFalse 1:5 "false" tkEof 1:5 "" 
== "nullx"
input(1, 5) Error: { expected
jsonError 1:5 "nullx" f(1, 5) Error: EOF expected

tkError 1:5 "nullx" tkEof 1:5 "" 
== "_a"
input(1, 2) Error: { expected
jsonError 1:2 "_a" f(1, 2) Error: EOF expected

tkError 1:2 "_a" tkEof 1:2 "" 
== "True"
input(1, 4) Error: { expected
jsonError 1:4 "True" f(1, 4) Error: EOF expected

tkError 1:4 "True" tkEof 1:4 "" 
== "["
input(1, 1) Error: { expected
jsonArrayStart 1:1 "" jsonError 1:1 "" f(1, 1) Error: ']' expected

tkBracketLe 1:1 "" tkEof 1:1 "" 
== "]"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkBracketRi 1:1 "" tkEof 1:1 "" 
== "{"
input(1, 1) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonError 1:1 "" f(1, 1) Error: '}' expected

tkCurlyLe 1:1 "" tkEof 1:1 "" 
== "}"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkCurlyRi 1:1 "" tkEof 1:1 "" 
== "[]"
JArray "[]"
jsonArrayStart 1:1 "" jsonArrayEnd 1:2 "" jsonEof 1:2 "" 
tkBracketLe 1:1 "" tkBracketRi 1:2 "" tkEof 1:2 "" 
== "{}"
JObject "{}"
jsonObjectStart 1:1 "" jsonObjectEnd 1:2 "" jsonEof 1:2 "" 
tkCurlyLe 1:1 "" tkCurlyRi 1:2 "" tkEof 1:2 "" 
== "[1"
input(1, 2) Error: ] expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonError 1:2 "" f(1, 2) Error: ']' expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkEof 1:2 "" 
== "[1,"
input(1, 3) Error: { expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonError 1:3 "" f(1, 3) Error: ']' expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkComma 1:3 "" tkEof 1:3 "" 
== "[1,]"
JArray "[1]"
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonArrayEnd 1:4 "" jsonEof 1:4 "" 
tkBracketLe 1:1 "" tkInt 1:2 "1" tkComma 1:3 "" tkBracketRi 1:4 "" tkEof 1:4 "" 
== "[,]"
input(1, 2) Error: { expected
jsonArrayStart 1:1 "" jsonError 1:2 "" f(1, 2) Error: ']' expected

tkBracketLe 1:1 "" tkComma 1:2 "" tkBracketRi 1:3 "" tkEof 1:3 "" 
== "[1 2]"
input(1, 4) Error: ] expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonError 1:4 "2" f(1, 4) Error: ']' expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkInt 1:4 "2" tkBracketRi 1:5 "" tkEof 1:5 "" 
== "{\"a\""
input(1, 4) Error: : expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonError 1:4 "" f(1, 4) Error: ':' expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkEof 1:4 "" 
== "{\"a\":"
input(1, 5) Error: { expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonError 1:5 "" f(1, 5) Error: expression expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkEof 1:5 "" 
== "{\"a\":1"
input(1, 6) Error: } expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonInt 1:6 "1" jsonError 1:6 "" f(1, 6) Error: '}' expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkInt 1:6 "1" tkEof 1:6 "" 
== "{\"a\":1,"
input(1, 7) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonInt 1:6 "1" jsonError 1:7 "" f(1, 7) Error: '}' expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkInt 1:6 "1" tkComma 1:7 "" tkEof 1:7 "" 
== "{\"a\":1,}"
JObject "{\"a\":1}"
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonInt 1:6 "1" jsonObjectEnd 1:8 "" jsonEof 1:8 "" 
tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkInt 1:6 "1" tkComma 1:7 "" tkCurlyRi 1:8 "" tkEof 1:8 "" 
== "{1:2}"
input(1, 2) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonInt 1:2 "1" jsonInt 1:4 "2" jsonObjectEnd 1:5 "" jsonEof 1:5 "" 
tkCurlyLe 1:1 "" tkInt 1:2 "1" tkColon 1:3 "" tkInt 1:4 "2" tkCurlyRi 1:5 "" tkEof 1:5 "" 
== "{a:1}"
input(1, 2) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonError 1:2 "a" f(1, 2) Error: '}' expected

tkCurlyLe 1:1 "" tkError 1:2 "a" tkColon 1:3 "" tkInt 1:4 "1" tkCurlyRi 1:5 "" tkEof 1:5 "" 
== "{\"a\" 1}"
input(1, 6) Error: : expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonError 1:6 "1" f(1, 6) Error: ':' expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkInt 1:6 "1" tkCurlyRi 1:7 "" tkEof 1:7 "" 
== "{\"a\":1 \"b\":2}"
input(1, 10) Error: } expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonInt 1:6 "1" jsonError 1:10 "b" f(1, 10) Error: '}' expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkInt 1:6 "1" tkString 1:10 "\"b\"" tkColon 1:11 "" tkInt 1:12 "2" tkCurlyRi 1:13 "" tkEof 1:13 "" 
== "{\"a\":1,\"a\":2}"
JObject "{\"a\":2}"
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonInt 1:6 "1" jsonString 1:10 "a" jsonInt 1:12 "2" jsonObjectEnd 1:13 "" jsonEof 1:13 "" 
tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkInt 1:6 "1" tkComma 1:7 "" tkString 1:10 "\"a\"" tkColon 1:11 "" tkInt 1:12 "2" tkCurlyRi 1:13 "" tkEof 1:13 "" 
== "[[[[]]]]"
JArray "[[[[]]]]"
jsonArrayStart 1:1 "" jsonArrayStart 1:2 "" jsonArrayStart 1:3 "" jsonArrayStart 1:4 "" jsonArrayEnd 1:5 "" jsonArrayEnd 1:6 "" jsonArrayEnd 1:7 "" jsonArrayEnd 1:8 "" jsonEof 1:8 "" 
tkBracketLe 1:1 "" tkBracketLe 1:2 "" tkBracketLe 1:3 "" tkBracketLe 1:4 "" tkBracketRi 1:5 "" tkBracketRi 1:6 "" tkBracketRi 1:7 "" tkBracketRi 1:8 "" tkEof 1:8 "" 
== "[{}]"
JArray "[{}]"
jsonArrayStart 1:1 "" jsonObjectStart 1:2 "" jsonObjectEnd 1:3 "" jsonArrayEnd 1:4 "" jsonEof 1:4 "" 
tkBracketLe 1:1 "" tkCurlyLe 1:2 "" tkCurlyRi 1:3 "" tkBracketRi 1:4 "" tkEof 1:4 "" 
== "{\"\":[]}"
JObject "{\"\":[]}"
jsonObjectStart 1:1 "" jsonString 1:3 "" jsonArrayStart 1:5 "" jsonArrayEnd 1:6 "" jsonObjectEnd 1:7 "" jsonEof 1:7 "" 
tkCurlyLe 1:1 "" tkString 1:3 "\"\"" tkColon 1:4 "" tkBracketLe 1:5 "" tkBracketRi 1:6 "" tkCurlyRi 1:7 "" tkEof 1:7 "" 
== "[1]]"
input(1, 4) Error: EOF expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonArrayEnd 1:3 "" jsonError 1:4 "" f(1, 4) Error: EOF expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkBracketRi 1:3 "" tkBracketRi 1:4 "" tkEof 1:4 "" 
== "1 2"
input(1, 3) Error: EOF expected
jsonInt 1:1 "1" jsonError 1:3 "2" f(1, 3) Error: EOF expected

tkInt 1:1 "1" tkInt 1:3 "2" tkEof 1:3 "" 
== "[1] x"
input(1, 5) Error: EOF expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonArrayEnd 1:3 "" jsonError 1:5 "x" f(1, 5) Error: EOF expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkBracketRi 1:3 "" tkError 1:5 "x" tkEof 1:5 "" 
== "// c\x0A1"
JInt "1"
jsonInt 2:1 "1" jsonEof 2:1 "" 
tkInt 2:1 "1" tkEof 2:1 "" 
== "/* c */ 1"
JInt "1"
jsonInt 1:9 "1" jsonEof 1:9 "" 
tkInt 1:9 "1" tkEof 1:9 "" 
== "/* c"
input(1, 4) Error: { expected
jsonEof 1:4 "" 
tkEof 1:4 "" 
== "1 // c"
JInt "1"
jsonInt 1:1 "1" jsonEof 1:6 "" 
tkInt 1:1 "1" tkEof 1:6 "" 
== "1 /* c"
JInt "1"
jsonInt 1:1 "1" jsonEof 1:6 "" 
tkInt 1:1 "1" tkEof 1:6 "" 
== "/"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkEof 1:1 "" 
== "/x"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkError 1:2 "x" tkEof 1:2 "" 
== "1 /"
input(1, 3) Error: EOF expected
jsonInt 1:1 "1" jsonError 1:3 "" f(1, 3) Error: EOF expected

tkInt 1:1 "1" tkError 1:3 "" tkEof 1:3 "" 
== "@"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkEof 1:1 "" 
== "[@]"
input(1, 2) Error: { expected
jsonArrayStart 1:1 "" jsonError 1:2 "" f(1, 2) Error: ']' expected

tkBracketLe 1:1 "" tkError 1:2 "" tkBracketRi 1:3 "" tkEof 1:3 "" 
== "{\"a\":@}"
input(1, 6) Error: { expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonError 1:6 "" f(1, 6) Error: expression expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkError 1:6 "" tkCurlyRi 1:7 "" tkEof 1:7 "" 
== "{\"a\":]}"
input(1, 6) Error: { expected
jsonObjectStart 1:1 "" jsonString 1:4 "a" jsonError 1:6 "" f(1, 6) Error: expression expected

tkCurlyLe 1:1 "" tkString 1:4 "\"a\"" tkColon 1:5 "" tkBracketRi 1:6 "" tkCurlyRi 1:7 "" tkEof 1:7 "" 
== "[1}"
input(1, 3) Error: ] expected
jsonArrayStart 1:1 "" jsonInt 1:2 "1" jsonError 1:3 "" f(1, 3) Error: ']' expected

tkBracketLe 1:1 "" tkInt 1:2 "1" tkCurlyRi 1:3 "" tkEof 1:3 "" 
== "{]"
input(1, 2) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonError 1:2 "" f(1, 2) Error: '}' expected

tkCurlyLe 1:1 "" tkBracketRi 1:2 "" tkEof 1:2 "" 
== "{[]:1}"
input(1, 2) Error: string literal as key expected
jsonObjectStart 1:1 "" jsonArrayStart 1:2 "" jsonArrayEnd 1:3 "" jsonInt 1:5 "1" jsonObjectEnd 1:6 "" jsonEof 1:6 "" 
tkCurlyLe 1:1 "" tkBracketLe 1:2 "" tkBracketRi 1:3 "" tkColon 1:4 "" tkInt 1:5 "1" tkCurlyRi 1:6 "" tkEof 1:6 "" 
== ":"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkColon 1:1 "" tkEof 1:1 "" 
== ","
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkComma 1:1 "" tkEof 1:1 "" 
== "\xEF\xBB\xBF1"
JInt "1"
jsonInt 1:1 "1" jsonEof 1:1 "" 
tkInt 1:1 "1" tkEof 1:1 "" 
== "\'a\'"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkError 1:2 "a" tkError 1:3 "" tkEof 1:3 "" 
== "[\x0A1,\x0A2\x0A3]"
input(4, 1) Error: ] expected
jsonArrayStart 1:1 "" jsonInt 2:1 "1" jsonInt 3:1 "2" jsonError 4:1 "3" f(4, 1) Error: ']' expected

tkBracketLe 1:1 "" tkInt 2:1 "1" tkComma 2:2 "" tkInt 3:1 "2" tkInt 4:1 "3" tkBracketRi 4:2 "" tkEof 4:2 "" 
== "{\x0A\"a\"\x0D\x0A:\x0D1\x0A,\x0A}"
JObject "{\"a\":1}"
jsonObjectStart 1:1 "" jsonString 2:3 "a" jsonInt 4:1 "1" jsonObjectEnd 6:1 "" jsonEof 6:1 "" 
tkCurlyLe 1:1 "" tkString 2:3 "\"a\"" tkColon 3:1 "" tkInt 4:1 "1" tkComma 5:1 "" tkCurlyRi 6:1 "" tkEof 6:1 "" 
== "\xC3\xA9"
input(1, 1) Error: { expected
jsonError 1:1 "" f(1, 1) Error: EOF expected

tkError 1:1 "" tkError 1:2 "" tkEof 1:2 "" 
== "[\"\xC3\xA9\", \"\x01\"]"
JArray "[\"\xC3\xA9\",\"\\u0001\"]"
jsonArrayStart 1:1 "" jsonString 1:5 "\xC3\xA9" jsonString 1:10 "\x01" jsonArrayEnd 1:11 "" jsonEof 1:11 "" 
tkBracketLe 1:1 "" tkString 1:5 "\"\xC3\xA9\"" tkComma 1:6 "" tkString 1:10 "\"\x01\"" tkBracketRi 1:11 "" tkEof 1:11 "" 
input(1, 1002) Error: ] expected
jsonArrayStart 1:1 "" jsonArrayStart 1:2 "" jsonArrayStart 1:3 "" jsonArrayStart 1:4 "" jsonArrayStart 1:5 "" jsonArrayStart 1:6 "" jsonArrayStart 1:7 "" jsonArrayStart 1:8 "" jsonArrayStart 1:9 "" jsonArrayStart 1:10 "" jsonArrayStart 1:11 "" jsonArrayStart 1:12 "" jsonArrayStart 1:13 "" jsonArrayStart 1:14 "" jsonArrayStart 1:15 "" jsonArrayStart 1:16 "" jsonArrayStart 1:17 "" jsonArrayStart 1:18 "" jsonArrayStart 1:19 "" jsonArrayStart 1:20 "" jsonArrayStart 1:21 "" jsonArrayStart 1:22 "" jsonArrayStart 1:23 "" jsonArrayStart 1:24 "" jsonArrayStart 1:25 "" jsonArrayStart 1:26 "" jsonArrayStart 1:27 "" jsonArrayStart 1:28 "" jsonArrayStart 1:29 "" jsonArrayStart 1:30 "" jsonArrayStart 1:31 "" 
tkBracketLe 1:1 "" tkBracketLe 1:2 "" tkBracketLe 1:3 "" tkBracketLe 1:4 "" tkBracketLe 1:5 "" tkBracketLe 1:6 "" tkBracketLe 1:7 "" tkBracketLe 1:8 "" tkBracketLe 1:9 "" tkBracketLe 1:10 "" tkBracketLe 1:11 "" tkBracketLe 1:12 "" tkBracketLe 1:13 "" tkBracketLe 1:14 "" tkBracketLe 1:15 "" tkBracketLe 1:16 "" tkBracketLe 1:17 "" tkBracketLe 1:18 "" tkBracketLe 1:19 "" tkBracketLe 1:20 "" tkBracketLe 1:21 "" tkBracketLe 1:22 "" tkBracketLe 1:23 "" tkBracketLe 1:24 "" tkBracketLe 1:25 "" tkBracketLe 1:26 "" tkBracketLe 1:27 "" tkBracketLe 1:28 "" tkBracketLe 1:29 "" tkBracketLe 1:30 "" tkBracketLe 1:31 "" 
input(1, 5006) Error: } expected
1
[2]
"x"
{"a":null}
1
frag(1, 4) Error: ] expected
[1,2.50,12345678901234567890]
cannot read from file: /nonexistent
2334
-12
file(1, 0) Error: foo expected
'''
"""
# Texts that are no JSON, or hardly.
import json, parsejson, streams
from strutils import escape
proc run(s: string) =
  try:
    let j = parseJson(s)
    echo j.kind, " ", ($j).escape
  except JsonParsingError as e: echo e.msg
  except ValueError as e: echo "VE ", e.msg
  try:
    var p: JsonParser
    p.open(newStringStream(s), "f", false)
    for i in 0 .. 30:
      p.next
      stdout.write p.kind, " ", p.getLine, ":", p.getColumn, " ", p.a.escape, " "
      if p.kind == jsonError:
        echo p.errorMsg
        break
      if p.kind == jsonEof: break
    echo ""
    p.open(newStringStream(s), "f", true)
    for i in 0 .. 30:
      let t = p.getTok
      stdout.write t, " ", p.getLine, ":", p.getColumn, " ", p.a.escape, " "
      if t == tkEof: break
    echo ""
  except Exception as e: echo e.name, e.msg
for s in ["", " ", "1", "-1", "-", ".5", "-.5", "1.", "1e5", "1e", "1e+", "1E-2", "01", "+1", "1.5.2", "--1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e999", "0.1e1x",
  "\"\"", "\"a", "\"\\", "\"\\\"", "\"\\n\\t\\r\\b\\f\\v\\/\\\\\\'\\\"\"", "\"\\x41\"", "\"\\u0041\"", "\"\\u00e9\\u20AC\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"", "\"\\ude00\"", "\"\\u12\"", "\"\\uzzzz\"",
  "\"a\nb\r\nc\rd\"", "\"a\0b\"", "nul", "null", "true", "false", "nullx", "_a", "True", "[", "]", "{", "}", "[]", "{}", "[1", "[1,", "[1,]", "[,]", "[1 2]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{1:2}", "{a:1}", "{\"a\" 1}",
  "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "[[[[]]]]", "[{}]", "{\"\":[]}", "[1]]", "1 2", "[1] x", "// c\n1", "/* c */ 1", "/* c", "1 // c", "1 /* c", "/", "/x", "1 /", "@", "[@]", "{\"a\":@}", "{\"a\":]}", "[1}", "{]", "{[]:1}", ":", ",", "\xEF\xBB\xBF1", "'a'", "[\n1,\n2\n3]", "{\n\"a\"\r\n:\r1\n,\n}", "é", "[\"é\", \"\x01\"]"]:
  echo "== ", s.escape
  run s
var deep = ""
for i in 0 .. 1100: deep.add "["
run deep
deep = ""
for i in 0 .. 1100: deep.add "{\"a\":"
try: discard parseJson(deep)
except JsonParsingError as e: echo e.msg
for j in parseJsonFragments(newStringStream("1 [2] \"x\" {\"a\":null}  // end")): echo j
try:
  for j in parseJsonFragments(newStringStream("1 [2"), "frag"): echo j
except JsonParsingError as e: echo e.msg
echo parseJson("[1, 2.50, 12345678901234567890]", true, true)
try: discard parseFile("/nonexistent")
except IOError as e: echo e.msg
var pos = 0
echo parseEscapedUTF16("00e9x".cstring, pos), pos
pos = 0
echo parseEscapedUTF16("00g9x".cstring, pos), pos
try:
  var p: JsonParser
  p.open(newStringStream("x"), "file")
  p.raiseParseErr("foo")
except JsonParsingError as e: echo e.msg
