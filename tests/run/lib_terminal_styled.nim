discard """
  output: '''
[31mred [1mbright[0m plain[0m
[3m[4mboth[0m
[44mblue[0m[0mplain
name: [32mx[0m
'''
"""
import terminal
styledEcho fgRed, "red ", styleBright, "bright", resetStyle, " plain"
styledWriteLine(stdout, {styleUnderscore, styleItalic}, "both")
stdout.styledWrite(bgBlue, "blue", resetStyle)
stdout.styledWrite("plain\n")
let name = "x"
styledEcho "name: ", fgGreen, name
