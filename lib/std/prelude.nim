## What many programs import, for `include prelude`.

import std/[os, strutils, times, parseutils, hashes, tables, sets, sequtils, parseopt, strformat]
