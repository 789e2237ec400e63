discard """
  output: '''
true true true
2000000000
'''
"""
import std/[monotimes, times, os]
let start = getMonoTime()
sleep(12)
let spent = getMonoTime() - start
echo spent.inMilliseconds >= 11, " ", spent < initDuration(seconds = 20), " ", getMonoTime() > start
echo (start + initDuration(seconds = 2)).ticks - start.ticks
