discard """
  output: '''
SGVsbG8gV29ybGQ=Hello WorldYWI=__4=
AQIDYWI=MDEyMzQ1/Njc4OQ==
bad
5d41402abc4b2a76b9719d911017c592d41d8cd98f00b204e9800998ecf8427e
truec32805bf7ed4b69dc70e3bc9928f873f
'''
"""
import base64, std/md5
echo encode("Hello World"), decode("SGVsbG8gV29ybGQ="), encode("ab"), encode("\xff\xfe", safe = true), encode("")
echo encode([1'u8, 2, 3]), encode(@['a', 'b']), encodeMime("0123456789", 8, "/")
try: discard decode("a?b=")
except ValueError as e: echo "bad"
echo getMD5("hello"), toMD5("")
var c: MD5Context
c.md5Init
c.md5Update("hel", 3)
c.md5Update("lo", 2)
var d: MD5Digest
c.md5Final(d)
echo $d == getMD5("hello"), getMD5("The quick brown fox jumps over the lazy dog, again and again and again.")
