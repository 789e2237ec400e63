## Paths as a type of their own, which nothing takes for another text.
##
## The routines are those of `std/os`.

import std/hashes
from std/os import nil
export os.CurDir, os.ParDir, os.DirSep, os.AltSep, os.PathSep, os.ExtSep, os.FileSystemCaseSensitive, os.ExeExt,
  os.ScriptExt, os.DynlibFormat, os.doslikeFileSystem, os.ReadDirEffect, os.WriteDirEffect

type Path* = distinct string ## A path. `Path("a/b")` makes one, `string(path)` is its text.

template `$`*(x: Path): string = string(x)

func `==`*(x, y: Path): bool = os.cmpPaths(os.normalizedPath(string(x)), os.normalizedPath(string(y))) == 0
  ## Do they name the same place, as far as the texts tell?

func hash*(x: Path): Hash = hash(os.normalizedPath(string(x)))
  ## The same for equal paths.

func add*(x: var Path, y: Path) =
  ## Appends with one separator between.
  x = Path(os.joinPath(string(x), string(y)))

func `/`*(head, tail: Path): Path = Path(os.joinPath(string(head), string(tail)))
  ## Both with one separator between.

func `/../`*(head, tail: Path): Path = Path(os.`/../`(string(head), string(tail)))
  ## `tail` in the parent directory of `head`.

func splitPath*(path: Path): tuple[head, tail: Path] =
  ## What is before and after the last separator.
  let (head, tail) = os.splitPath(string(path))
  (Path(head), Path(tail))

func splitFile*(path: Path): tuple[dir, name: Path, ext: string] =
  ## Directory, name and extension with its dot.
  let (dir, name, ext) = os.splitFile(string(path))
  (Path(dir), Path(name), ext)

func isAbsolute*(path: Path): bool = os.isAbsolute(string(path))
  ## Does the path begin at the root?

proc relativePath*(path, base: Path, sep = os.DirSep): Path = Path(os.relativePath(string(path), string(base), sep))
  ## The way from `base` to `path`.

proc isRelativeTo*(path, base: Path): bool = os.isRelativeTo(string(path), string(base))
  ## Does `path` lie in `base`?

func parentDir*(path: Path): Path = Path(os.parentDir(string(path)))
  ## The directory that `path` is in; empty when there is none by name.

func tailDir*(path: Path): Path = Path(os.tailDir(string(path)))
  ## What follows the first separator.

func isRootDir*(path: Path): bool = os.isRootDir(string(path))
  ## Has it no parent?

iterator parentDirs*(path: Path, fromRoot = false, inclusive = true): Path =
  ## The path, when `inclusive` is set, and the directories that it is in.
  for dir in os.parentDirs(string(path), fromRoot, inclusive): yield Path(dir)

func extractFilename*(path: Path): Path = Path(os.extractFilename(string(path)))
  ## What follows the last separator.

func lastPathPart*(path: Path): Path = Path(os.lastPathPart(string(path)))
  ## As `extractFilename`, separators at the end not counted.

func changeFileExt*(filename: Path, ext: string): Path = Path(os.changeFileExt(string(filename), ext))
  ## The path with another extension.

func addFileExt*(filename: Path, ext: string): Path = Path(os.addFileExt(string(filename), ext))
  ## The path with the extension if it has none.

func unixToNativePath*(path: Path, drive = Path("")): Path = Path(os.unixToNativePath(string(path), string(drive)))

proc getCurrentDir*(): Path = Path(os.getCurrentDir())
  ## The directory that relative paths begin at.

proc normalizeExe*(file: var Path) = os.normalizeExe(string(file))
  ## Has the shell find a program in the current directory.

proc normalizePath*(path: var Path) = os.normalizePath(string(path))
  ## Takes out `.`, double separators, and `..` where it can be resolved by name.

proc normalizePathEnd*(path: var Path, trailingSep = false) = os.normalizePathEnd(string(path), trailingSep)
  ## Takes separators off the end, or leaves exactly one.

proc absolutePath*(path: Path, root = getCurrentDir()): Path = Path(os.absolutePath(string(path), string(root)))
  ## The path from the root of the file system.

proc expandTilde*(path: Path): Path = Path(os.expandTilde(string(path)))
  ## The path with the home directory for a leading `~`.
