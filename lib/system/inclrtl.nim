# What modules of Nim's library include: pragmas for procs of a runtime library, which there is none of here.

{.pragma: rtl, gcsafe.}
{.pragma: inl, inline.}
{.pragma: compilerRtl.}
{.pragma: benign, gcsafe.}
