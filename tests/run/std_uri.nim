discard """
  output: '''
http://user:pw@example.com:8080/a/b?x=1&y=2#frag -> http|user|pw|example.com|8080|/a/b|x=1&y=2|frag|false http://user:pw@example.com:8080/a/b?x=1&y=2#frag true
https://nim-lang.org -> https|||nim-lang.org|||||false https://nim-lang.org true
/path/only?q -> |||||/path/only|q||false /path/only?q false
mailto:joe@ex.com -> mailto|joe||ex.com|||||true mailto:joe@ex.com true
file:///etc/passwd -> file|||||/etc/passwd|||false file:///etc/passwd true
//host/p -> |||host||/p|||false host/p false
rel/path -> |||||rel/path|||false rel/path false
http://[::1]:80/x -> http|||::1|80|/x|||false http://[::1]:80/x true
urn:isbn:123 -> urn|||||isbn:123|||true urn:isbn:123 true
 -> ||||||||false  false
?q=1 -> ||||||q=1||false ?q=1 false
http://h?x#y -> http|||h|||x|y|false http://h?x#y true
a+b%26c%3Dd%2F%C3%A9a%20ba b&éa+b
a=1&b+c=x%26y&ee=
a=1;b=x y;c=;d=;
http://a.com/b/c/g http://a.com/b/c/g http://a.com/b/c/g/ http://a.com/g http://g http://a.com/b/c/d?y http://a.com/b/c/g?y http://a.com/b/c/d?q#s http://a.com/b/g http://a.com/g http://a.com/g http://a.com/b/c/d?q http://a.com/b/c/. http://a.com/b/c/.. http://x.com/q 
http://x.com/a/bhttp://x.com/a/b?k=vhttp://a.com/c
data:text/plain;charset=utf-8;base64,aGk=
'''
"""
# Addresses by their parts, references in them, queries.
import std/uri
for s in ["http://user:pw@example.com:8080/a/b?x=1&y=2#frag", "https://nim-lang.org", "/path/only?q", "mailto:joe@ex.com", "file:///etc/passwd", "//host/p", "rel/path", "http://[::1]:80/x", "urn:isbn:123", "", "?q=1", "http://h?x#y"]:
  let u = parseUri(s)
  echo s, " -> ", u.scheme, "|", u.username, "|", u.password, "|", u.hostname, "|", u.port, "|", u.path, "|", u.query, "|", u.anchor, "|", u.opaque, " ", $u, " ", u.isAbsolute
echo encodeUrl("a b&c=d/é"), encodeUrl("a b", false), decodeUrl("a+b%26%C3%A9"), decodeUrl("a+b", false)
echo encodeQuery({"a": "1", "b c": "x&y", "e": ""}), encodeQuery({"e": ""}, omitEq = false)
for k, v in decodeQuery("a=1&b=x%20y&c&d="): stdout.write k, "=", v, ";"
echo ""
let b = parseUri("http://a.com/b/c/d?q")
for r in ["g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "../g", "../../g", "../../../g", "", ".", "..", "http://x.com/q"]:
  stdout.write combine(b, parseUri(r)), " "
echo ""
echo parseUri("http://x.com") / "a" / "b", parseUri("http://x.com/a/") / "/b" ? {"k": "v"}, combine(parseUri("http://a.com/"), parseUri("b"), parseUri("c"))
echo getDataUri("hi", "text/plain"), initUri()
