## The directories of the user that programs keep their files in, as `Path`.

import std/paths
from std/os import nil

proc getHomeDir*(): Path = Path(os.getHomeDir())
  ## The user's directory.
proc getDataDir*(): Path = Path(os.getDataDir())
  ## Where the data of programs belongs.
proc getConfigDir*(): Path = Path(os.getConfigDir())
  ## Where settings belong.
proc getCacheDir*(): Path = Path(os.getCacheDir())
  ## Where programs keep what they can make again.
proc getCacheDir*(app: Path): Path = Path(os.getCacheDir(string(app)))
  ## The part of it that belongs to a program.
proc getTempDir*(): Path = Path(os.getTempDir())
  ## Where temporary files belong.
