## Directories by `Path`.

import std/paths
from std/os import nil
export os.PathComponent

proc dirExists*(dir: Path): bool = os.dirExists(string(dir))
  ## Is there such a directory? Links are followed.

proc createDir*(dir: Path) = os.createDir(string(dir))
  ## Creates the directory and those that it is in, as far as they are missing.

proc existsOrCreateDir*(dir: Path): bool = os.existsOrCreateDir(string(dir))
  ## Creates the directory unless it is there: gives whether it was.

proc removeDir*(dir: Path, checkDir = false) = os.removeDir(string(dir), checkDir)
  ## Removes a directory with all that is in it.

proc moveDir*(source, dest: Path) = os.moveDir(string(source), string(dest))
  ## Renames a directory.

proc copyDir*(source, dest: Path) = os.copyDir(string(source), string(dest))
  ## Copies a directory with all that is in it.

proc copyDirWithPermissions*(source, dest: Path, ignorePermissionErrors = true) =
  ## Copies a directory with all that is in it, and the permissions.
  os.copyDirWithPermissions(string(source), string(dest), ignorePermissionErrors)

proc setCurrentDir*(newDir: Path) = os.setCurrentDir(string(newDir))
  ## Makes relative paths begin at `newDir`.

iterator walkDir*(dir: Path, relative = false, checkDir = false, skipSpecial = false): tuple[kind: os.PathComponent,
    path: Path] =
  ## What is in a directory.
  for kind, path in os.walkDir(string(dir), relative, checkDir, skipSpecial): yield (kind, Path(path))

iterator walkDirRec*(dir: Path, yieldFilter = {os.pcFile}, followFilter = {os.pcDir}, relative = false, checkDir = false,
    skipSpecial = false): Path =
  ## What is in a directory and in those that are in it.
  for path in os.walkDirRec(string(dir), yieldFilter, followFilter, relative, checkDir, skipSpecial): yield Path(path)
