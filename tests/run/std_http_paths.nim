discard """
  output: '''
a&lt;b&gt;&amp;&quot;c&quot;'true
a|1
b|x y z
c|
|d
e|%zz
{x: &, foo: bar}
name=Klaus+%26+co&pass+word=1%3D2& GET
Klaus & co|1=2
unknown variable name: pass word
'REQUEST_METHOD' 'GET' is not supported
'REQUEST_METHOD' must be 'POST' or 'GET'
0
twotruefalsetrue
Set-Cookie: x=y
Content-type: text/html

empty
1608637542
3421126067
4083286876
787846414
3143890026
3144881927
 -> 
. -> .
.. -> ..
/ -> /
// -> /
/.. -> /..
/../a -> /../a
a/.. -> .
a/../.. -> ..
./a -> a
a//b/ -> a/b
a/./b/../c -> a/c
/a/b/../../.. -> /..
../../a -> ../../a
a/b/.. -> a
a/b/../ -> a
(0, 0)
(1, 1)
(4, 4)
y2
bad
select 1dbUser5
2ab@["a", "b"]
falsetruetrue{"content-type": @["a", "b"], "z": @["1", "2"]}
content-type=a
content-type=b
z=1
z=2
1
{:}
{"Content-Type": @["x"]}
key not found: nope
(key: "", value: @[])
(key: "a", value: @[""])
(key: "a", value: @[""])
(key: "a", value: @["b"])
(key: "A", value: @["b", "c", "d "])
(key: "Cookie", value: @["a=b, c"])
(key: "", value: @["x"])
(key: "a", value: @[""])
(key: "a", value: @[""])
(key: "a", value: @["", "", "b"])
truefalsetrue
truePATCH
Invalid enum value: X
100 Continue
101 Switching Protocols
102 Processing
103 Early Hints
200 OK
201 Created
202 Accepted
203 Non-Authoritative Information
204 No Content
205 Reset Content
206 Partial Content
207 Multi-Status
208 Already Reported
226 IM Used
300 Multiple Choices
301 Moved Permanently
302 Found
303 See Other
304 Not Modified
305 Use Proxy
307 Temporary Redirect
308 Permanent Redirect
400 Bad Request
401 Unauthorized
402 Payment Required
403 Forbidden
404 Not Found
405 Method Not Allowed
406 Not Acceptable
407 Proxy Authentication Required
408 Request Timeout
409 Conflict
410 Gone
411 Length Required
412 Precondition Failed
413 Request Entity Too Large
414 Request-URI Too Long
415 Unsupported Media Type
416 Requested Range Not Satisfiable
417 Expectation Failed
418 I'm a teapot
421 Misdirected Request
422 Unprocessable Entity
423 Locked
424 Failed Dependency
425 Too Early
426 Upgrade Required
428 Precondition Required
429 Too Many Requests
431 Request Header Fields Too Large
451 Unavailable For Legal Reasons
500 Internal Server Error
501 Not Implemented
502 Bad Gateway
503 Service Unavailable
504 Gateway Timeout
505 HTTP Version Not Supported
506 Variant Also Negotiates
507 Insufficient Storage
508 Loop Detected
510 Not Extended
511 Network Authentication Required
truetruetruefalsetruetrue
falsetruetrue
x
sudo y
{Gentoo, ArchLinux, Artix, Antergos, Slackware, ArchBang, BlackArch}
'''
"""
# Small modules around HTTP, paths and systems.
import cgi, browsers, mersenne, oswalkdir, pathnorm, db_common, httpcore, distros, strtabs, os, tables
echo xmlEncode("a<b>&\"c\"'"), osOpenCmd.len > 0
for k, v in decodeData("a=1&b=x%20y+z&c&=d&e=%zz"): echo k, "|", v
echo readData("foo=bar&x=%26")
setTestData("name", "Klaus & co", "pass word", "1=2")
echo getQueryString(), " ", getRequestMethod()
let data = readData()
echo data["name"], "|", data["pass word"]
try: validateData(data, "name")
except CgiError as e: echo e.msg
validateData(data, "name", "pass word")
try: discard readData({methodPost})
except CgiError as e: echo e.msg
putEnv("REQUEST_METHOD", "PUT")
try: discard readData({methodPost})
except CgiError as e: echo e.msg
echo readData().len
putEnv("HTTP_COOKIE", "a=1; b=two")
echo getCookie("b"), existsCookie("a"), existsCookie("c"), getCookie("c") == ""
setCookie("x", "y")
writeContentType()
try: openDefaultBrowser("")
except AssertionDefect: echo "empty"
var m = newMersenneTwister(42)
for i in 0 .. 4: echo m.getNum
for i in 0 .. 2000: discard m.getNum
echo m.getNum
for p in ["", ".", "..", "/", "//", "/..", "/../a", "a/..", "a/../..", "./a", "a//b/", "a/./b/../c", "/a/b/../../..", "../../a", "a/b/..", "a/b/../"]:
  echo p, " -> ", pathnorm.normalizePath(p)
var it: PathIter
while it.hasNext("/a//b"): echo it.next("/a//b")
var res = "x"; var state = 2
addNormalizePath("../y", res, state)
echo res, state
try: dbError("bad")
except DbError as e: echo e.msg
echo string(sql"select 1"), DbTypeKind.high
var h = newHttpHeaders({"Content-Type": "a", "content-type": "b", "X-y": "1"})
echo h.len, h["CONTENT-TYPE"], h["content-type", 1], seq[string](h["content-type"])
h["Z"] = "1"; h.add("z", "2"); h["X-Y"] = newSeq[string]()
echo h.hasKey("x-y"), h.hasKey("Z"), h.getOrDefault("q"), "B" in h["content-type"], h
for k, v in h: echo k, "=", v
h.del "z"
echo h.len
h.clear
echo h
echo newHttpHeaders({"content-TYPE": "x"}, true)
try: discard h["nope"]
except KeyError as e: echo e.msg
for s in ["", "a", "a:", "a:b", "A: b, c,d ", "Cookie: a=b, c", ":x", "a: \r\n", "a:,", "a:,,b"]: echo parseHeader(s)
echo ("HTTP/1.1", 1, 1) == HttpVer11, (orig: "", major: 1, minor: 0) == HttpVer11, (orig: "", major: 1, minor: 0) == HttpVer10
echo "GET" in {HttpGet}, HttpPatch
try: discard "X" in {HttpGet}
except ValueError as e: echo e.msg
for i in 0 .. 599:
  if $HttpCode(i) != $i: echo HttpCode(i)
echo Http404 == HttpCode(404), Http101.is1xx, Http204.is2xx, Http204.is3xx, Http404.is4xx, Http511.is5xx
echo detectOs(Windows), detectOs(Linux) == defined(linux), detectOs(Posix)
foreignCmd("x"); foreignCmd("y", true)
echoForeignDeps()
echo LacksDevPackages
