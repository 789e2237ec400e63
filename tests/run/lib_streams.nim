discard """
  output: '''
[line1]
[line2]
[]
[last]
liine4false
1
line2

last
true
abc1 2.57
at the end
hellowoworldtrue
true
a b
'''
"""
import streams
var st = newStringStream("line1\nline2\n\nlast")
var line = ""
while st.readLine(line): echo "[", line, "]"
st.setPosition(0)
echo st.readChar, st.peekChar, st.readStr(3), st.getPosition, st.atEnd
for l in st.lines: echo l
echo st.atEnd
var o = newStringStream()
o.write("abc")
o.writeLine(1, " ", 2.5)
o.write(7'i32)
o.setPosition(0)
echo o.readLine, o.readInt32
try: discard o.readInt64
except IOError as e: echo "at the end"
let name = "midair_streams_test.tmp"
var f = newFileStream(name, fmWrite)
f.writeLine("hello")
f.write("world")
f.close()
f = newFileStream(name)
echo f.readLine, f.peekStr(2), f.readAll, f.atEnd
f.close()
echo newFileStream("does/not/exist") == nil
import os
removeFile(name)
echo newStringStream("a b").readAll
