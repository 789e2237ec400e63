discard """
  output: '''
helloutf-8aonC:\x|def
charset=utf-8
[Package]
name=hello
--threads:on
raw="C:\\x"
[Author]
name=Bob
@b.c
flag
[New]
k=v w

[]
[Author]
[New]
pair charset=utf-8
section Package
pair name=hello
opt threads=on
pair raw=C:\x
section Author
pair name=Bob
pair email=a
pair @b.c=
pair flag=
'''
"""
# Configuration files: values by section and key, and event by event.
import std/[parsecfg, streams]
const text = """
; comment
charset = "utf-8"
[Package]
name = hello
--threads:on
raw = r"C:\x"
[Author]
name: "Bob"
# other
email = a@b.c
flag
"""
var d = loadConfig(newStringStream(text))
echo d.getSectionValue("Package", "name"), d.getSectionValue("", "charset"), d.getSectionValue("Author", "email"), d.getSectionValue("Package", "--threads"), d.getSectionValue("Package", "raw"), "|", d.getSectionValue("No", "x", "def")
d.setSectionKey("New", "k", "v w")
d.delSectionKey("Author", "email")
echo d
d.delSection("Package")
for s in d.sections: echo "[", s, "]"
var p: CfgParser
p.open(newStringStream(text), "t.cfg")
while true:
  let e = p.next
  case e.kind
  of cfgEof: break
  of cfgSectionStart: echo "section ", e.section
  of cfgKeyValuePair: echo "pair ", e.key, "=", e.value
  of cfgOption: echo "opt ", e.key, "=", e.value
  of cfgError: echo e.msg
p.close
