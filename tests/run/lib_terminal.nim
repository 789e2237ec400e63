discard """
  output: '''
[5;4f[?25l[2K[1G[31m[1m[4mtext[0m[2A[104m[2J[?25h
false true
'''
"""
import std/terminal
setCursorPos(3, 4)
hideCursor()
eraseLine()
setForegroundColor(fgRed)
setStyle({styleBright, styleUnderscore})
stdout.write "text"
resetAttributes()
cursorUp(2)
setBackgroundColor(bgBlue, bright = true)
eraseScreen()
showCursor()
echo ""
echo isatty(stdin), " ", terminalWidth() > 0
