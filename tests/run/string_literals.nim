discard """
  output: '''
a	b\c"dAAé😀
C:\dir\n
say "hi"
first
  second "quoted"
third
leading newline is dropped
4 2 1
concat multiline
'''
"""
# Escapes, raw, triple-quoted and generalized raw strings.
echo "a\tb\\c\"d\x41\65\u00e9\u{1F600}"
echo r"C:\dir\n"
echo r"say ""hi"""
echo """first
  second "quoted"
third"""
echo """
leading newline is dropped"""
echo "\e[0m".len, " ", "\r\n".len, " ", "\0".len
echo "con" & "cat", " ", "multi" &
  "line"
