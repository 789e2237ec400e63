discard """
  errormsg: "sleep(1) can have an unlisted effect: TimeEffect"
  line: 7
"""
import std/os
proc read(file: string): string {.raises: [IOError], tags: [ReadIOEffect].} = readFile(file)
proc wait() {.tags: [ReadIOEffect, WriteIOEffect].} = sleep(1)
