discard """
  output: '''
StmtList
  VarSection
    IdentDefs
      Ident "x"
      Ident "y"
      Ident "int"
      IntLit 5
  LetSection
    VarTuple
      Ident "a"
      Ident "b"
      Empty
      TupleConstr
        IntLit 1
        IntLit 2
  ConstSection
    ConstDef
      Ident "c"
      Empty
      StrLit "s"
  TypeSection
    TypeDef
      Ident "Foo"
      Empty
      ObjectTy
        Empty
        Empty
        RecList
          IdentDefs
            Postfix
              Ident "*"
              Ident "a"
            Ident "b"
            Ident "int"
            Empty
          IdentDefs
            PragmaExpr
              Ident "c"
              Pragma
                Ident "nope"
            Ident "string"
            Empty
    TypeDef
      Postfix
        Ident "*"
        Ident "Bar"
      Empty
      RefTy
        ObjectTy
          Empty
          OfInherit
            Ident "RootObj"
          RecList
            RecCase
              IdentDefs
                Ident "kind"
                Ident "bool"
                Empty
              OfBranch
                Ident "true"
                IdentDefs
                  Ident "x"
                  Ident "int"
                  Empty
              Else
                NilLit
    TypeDef
      Ident "E"
      Empty
      EnumTy
        Empty
        Ident "eA"
        EnumFieldDef
          Ident "eB"
          IntLit 3
        EnumFieldDef
          Ident "eC"
          TupleConstr
            IntLit 5
            StrLit "five"
    TypeDef
      Ident "T"
      Empty
      TupleTy
        IdentDefs
          Ident "a"
          Ident "int"
          Empty
        IdentDefs
          Ident "b"
          Ident "string"
          Empty
    TypeDef
      Ident "D"
      Empty
      DistinctTy
        Ident "int"
    TypeDef
      Ident "G"
      GenericParams
        IdentDefs
          Ident "T"
          Empty
          Empty
      BracketExpr
        Ident "seq"
        Ident "T"
    TypeDef
      Ident "P"
      Empty
      ProcTy
        FormalParams
          Ident "string"
          IdentDefs
            Ident "x"
            Ident "int"
            Empty
        Pragma
          Ident "closure"
    TypeDef
      Ident "R"
      Empty
      BracketExpr
        Ident "range"
        Infix
          Ident ".."
          IntLit 0
          IntLit 5
    TypeDef
      Ident "Cc"
      Empty
      TypeClassTy
        ArgList
          Ident "x"
        Empty
        Empty
        StmtList
          Infix
            Ident "<"
            Ident "x"
            Ident "x"
    TypeDef
      Ident "Pp"
      Empty
      PtrTy
        Ident "int"
  Asgn
    Ident "x"
    IntLit 5
  Infix
    Ident "+="
    Ident "x"
    IntLit 1
  Asgn
    DotExpr
      Ident "foo"
      Ident "bar"
    IntLit 3
  Asgn
    BracketExpr
      Ident "foo"
      IntLit 1
    IntLit 2
  Call
    Ident "foo"
    IntLit 1
    ExprEqExpr
      Ident "b"
      IntLit 2
  Command
    Ident "foo"
    IntLit 1
    IntLit 2
  Call
    DotExpr
      Ident "foo"
      Ident "bar"
    IntLit 1
  Command
    DotExpr
      Ident "foo"
      Ident "bar"
    IntLit 1
  IfStmt
    ElifBranch
      Ident "a"
      StmtList
        Ident "b"
    ElifBranch
      Ident "c"
      StmtList
        Ident "d"
    Else
      StmtList
        Ident "e"
  WhenStmt
    ElifBranch
      Call
        Ident "defined"
        Ident "x"
      StmtList
        DiscardStmt
          Empty
  CaseStmt
    Ident "x"
    OfBranch
      IntLit 1
      IntLit 2
      StmtList
        Ident "a"
    OfBranch
      Infix
        Ident ".."
        IntLit 3
        IntLit 4
      StmtList
        Ident "b"
    Else
      StmtList
        Ident "c"
  WhileStmt
    Ident "true"
    StmtList
      BreakStmt
        Empty
  ForStmt
    Ident "a"
    Ident "b"
    Call
      Ident "pairs"
      Ident "x"
    StmtList
      ContinueStmt
        Empty
  TryStmt
    StmtList
      Ident "a"
    ExceptBranch
      Infix
        Ident "as"
        Ident "ValueError"
        Ident "e"
      StmtList
        Ident "b"
    ExceptBranch
      StmtList
        Ident "c"
    Finally
      StmtList
        Ident "d"
  BlockStmt
    Ident "foo"
    StmtList
      DiscardStmt
        Empty
  BlockStmt
    Empty
    StmtList
      DiscardStmt
        Empty
  ReturnStmt
    Empty
  ReturnStmt
    IntLit 5
  RaiseStmt
    Call
      Ident "newException"
      Ident "A"
      StrLit "x"
  RaiseStmt
    Empty
  YieldStmt
    IntLit 4
  DiscardStmt
    Call
      Ident "foo"
  Defer
    StmtList
      Ident "x"
  ImportStmt
    Ident "a"
    Infix
      Ident "/"
      Ident "b"
      Ident "c"
  ImportStmt
    Infix
      Ident "/"
      Ident "std"
      Bracket
        Ident "a"
        Ident "b"
  FromStmt
    Ident "a"
    Ident "b"
    Ident "c"
  ImportExceptStmt
    Ident "a"
    Ident "b"
  IncludeStmt
    Ident "q"
  ExportStmt
    Ident "a"
StmtList
  ProcDef
    Postfix
      Ident "*"
      Ident "p"
    Empty
    GenericParams
      IdentDefs
        Ident "T"
        Empty
        Empty
      IdentDefs
        Ident "U"
        Ident "int"
        Empty
    FormalParams
      Ident "int"
      IdentDefs
        Ident "a"
        Ident "b"
        Ident "T"
        Empty
      IdentDefs
        Ident "c"
        VarTy
          Ident "U"
        IntLit 3
    Pragma
      Ident "inline"
      ExprColonExpr
        Ident "raises"
        Bracket
    Empty
    StmtList
      CommentStmt "doc"
      Asgn
        Ident "result"
        IntLit 1
  FuncDef
    Ident "f"
    Empty
    Empty
    FormalParams
      Ident "int"
      IdentDefs
        Ident "x"
        Ident "int"
        Empty
    Empty
    Empty
    Empty
  IteratorDef
    Ident "it"
    Empty
    Empty
    FormalParams
      Ident "int"
      IdentDefs
        Ident "a"
        Ident "int"
        Empty
    Empty
    Empty
    StmtList
      YieldStmt
        Ident "a"
  TemplateDef
    Ident "tt"
    Empty
    Empty
    FormalParams
      Ident "untyped"
      IdentDefs
        Ident "x"
        Ident "untyped"
        Empty
    Pragma
      Ident "dirty"
    Empty
    StmtList
      Ident "x"
  MacroDef
    Ident "mm"
    Empty
    Empty
    FormalParams
      Ident "untyped"
      IdentDefs
        Ident "x"
        Ident "untyped"
        Empty
    Empty
    Empty
    StmtList
      Ident "x"
  ConverterDef
    Ident "cc"
    Empty
    Empty
    FormalParams
      Ident "string"
      IdentDefs
        Ident "x"
        Ident "int"
        Empty
    Empty
    Empty
    StmtList
      Prefix
        Ident "$"
        Ident "x"
  MethodDef
    Ident "m"
    Empty
    Empty
    FormalParams
      Empty
      IdentDefs
        Ident "x"
        Ident "Foo"
        Empty
    Pragma
      Ident "base"
    Empty
    StmtList
      DiscardStmt
        Empty
  LetSection
    IdentDefs
      Ident "l"
      Empty
      Lambda
        Empty
        Empty
        Empty
        FormalParams
          Ident "int"
          IdentDefs
            Ident "x"
            Ident "int"
            Empty
        Empty
        Empty
        StmtList
          Ident "x"
  LetSection
    IdentDefs
      Ident "k"
      Empty
      Infix
        Ident "=>"
        TupleConstr
          ExprColonExpr
            Ident "x"
            Ident "int"
        Ident "x"
  LetSection
    IdentDefs
      Ident "z"
      Empty
      FuncDef
        Empty
        Empty
        Empty
        FormalParams
          Ident "int"
          IdentDefs
            Ident "x"
            Ident "int"
            Empty
        Empty
        Empty
        StmtList
          Ident "x"
  Call
    Ident "foo"
    Do
      Empty
      Empty
      Empty
      FormalParams
        Ident "int"
        IdentDefs
          Ident "x"
          Ident "int"
          Empty
      Empty
      Empty
      StmtList
        Ident "x"
  Call
    Ident "foo"
    StmtList
      Ident "bar"
  Call
    Ident "foo"
    IntLit 1
    StmtList
      Ident "bar"
  Command
    Ident "foo"
    IntLit 1
    StmtList
      Ident "bar"
  LetSection
    IdentDefs
      Ident "q"
      Empty
      IfExpr
        ElifExpr
          Ident "a"
          StmtList
            IntLit 1
        ElseExpr
          StmtList
            IntLit 2
  LetSection
    IdentDefs
      Ident "r"
      Empty
      CaseStmt
        Ident "x"
        OfBranch
          IntLit 1
          StmtList
            IntLit 2
        Else
          StmtList
            IntLit 3
  LetSection
    IdentDefs
      Ident "s"
      Empty
      BlockStmt
        Empty
        StmtList
          IntLit 5
  LetSection
    IdentDefs
      Ident "t"
      Empty
      TryStmt
        StmtList
          IntLit 1
        ExceptBranch
          StmtList
            IntLit 2
  LetSection
    IdentDefs
      Ident "u"
      Empty
      WhenStmt
        ElifExpr
          Ident "a"
          StmtList
            IntLit 1
        ElseExpr
          StmtList
            IntLit 2
StmtList
  IntLit 1
  Int8Lit 1
  UIntLit
  IntLit 255
  CharLit 97
  FloatLit 1.5
  Float32Lit 1000.0
  StrLit "s"
  RStrLit "raw"
  TripleStrLit "triple"
  NilLit
  DotExpr
    RStrLit "10"
    Ident "\'big"
  IntLit -1
  Prefix
    Ident "not"
    Ident "a"
  Infix
    Ident "or"
    Infix
      Ident "and"
      Ident "a"
      Ident "b"
    Ident "c"
  Prefix
    Ident "@"
    Bracket
      IntLit 1
      IntLit 2
  Bracket
    IntLit 1
    IntLit 2
  Curly
    IntLit 1
    IntLit 2
  TableConstr
    ExprColonExpr
      IntLit 1
      IntLit 2
    ExprColonExpr
      StrLit "a"
      IntLit 3
  TableConstr
  Curly
  TupleConstr
  TupleConstr
    IntLit 1
  TupleConstr
    IntLit 1
    IntLit 2
  TupleConstr
    ExprColonExpr
      Ident "a"
      IntLit 1
    ExprColonExpr
      Ident "b"
      IntLit 2
  ObjConstr
    Ident "Foo"
    ExprColonExpr
      Ident "a"
      IntLit 1
  Cast
    Ident "int"
    Ident "x"
  Command
    Ident "addr"
    Ident "x"
  BracketExpr
    Ident "x"
  BracketExpr
    Ident "x"
    IntLit 1
    IntLit 2
  CurlyExpr
    Ident "x"
    IntLit 1
  BracketExpr
    Ident "x"
    Infix
      Ident ".."
      IntLit 1
      Prefix
        Ident "^"
        IntLit 2
  DotExpr
    DotExpr
      Ident "a"
      Ident "b"
    Ident "c"
  AccQuoted
    Ident "foo"
  AccQuoted
    Ident "foo"
    Ident "bar"
  Call
    AccQuoted
      Ident "+"
    IntLit 1
    IntLit 2
  Infix
    Ident ".."
    Ident "a"
    Ident "b"
  Infix
    Ident "in"
    Ident "a"
    Ident "b"
  Infix
    Ident "notin"
    Ident "a"
    Ident "b"
  Infix
    Ident "is"
    Ident "a"
    Ident "int"
  Infix
    Ident "isnot"
    Ident "a"
    Ident "int"
  Infix
    Ident "as"
    Ident "a"
    Ident "b"
  Prefix
    Ident "$"
    Ident "x"
  CallStrLit
    Ident "fmt"
    RStrLit "x{y}"
  CallStrLit
    Ident "fmt"
    TripleStrLit "x"
  CallStrLit
    DotExpr
      Ident "foo"
      Ident "fmt"
    RStrLit "x"
  Call
    Ident "x"
    StmtList
      Ident "int"
  Call
    Ident "typeof"
    Ident "x"
  StaticStmt
    StmtList
      Ident "foo"
  StmtListExpr
    Ident "a"
    Empty
    Ident "b"
  StmtListExpr
    LetSection
      IdentDefs
        Ident "a"
        Empty
        IntLit 1
    Ident "a"
  Asgn
    DotExpr
      Ident "x"
      Ident "y"
    Lambda
      Empty
      Empty
      Empty
      FormalParams
        Empty
      Empty
      Empty
      StmtList
        DiscardStmt
          Empty
  LetSection
    IdentDefs
      PragmaExpr
        Ident "a"
        Pragma
          ExprColonExpr
            Ident "foo"
            IntLit 3
          Ident "bar"
      Empty
      IntLit 3
  Infix
    Ident "*"
    Ident "a"
    Ident "b"
  Infix
    Ident "->"
    Ident "a"
    Ident "b"
  Prefix
    Ident "not"
    Par
      Ident "a"
  Call
    BracketExpr
      DotExpr
        Ident "foo"
        Ident "bar"
      IntLit 1
    IntLit 2
  BracketExpr
    Ident "a"
    ExprColonExpr
      Ident "b"
      Ident "c"
  VarSection
    IdentDefs
      Ident "x"
      RefTy
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "f"
      ProcTy
      Empty
  VarSection
    IdentDefs
      Ident "f"
      ProcTy
        FormalParams
          Empty
        Empty
      Empty
  VarSection
    IdentDefs
      Ident "f"
      IteratorTy
        FormalParams
          Ident "int"
          IdentDefs
            Ident "x"
            Ident "int"
            Empty
        Empty
      Empty
  VarSection
    IdentDefs
      Ident "t"
      TupleClassTy
      Empty
  VarSection
    IdentDefs
      Ident "t"
      TupleConstr
        Ident "int"
        Ident "string"
      Empty
  VarSection
    IdentDefs
      Ident "a"
      BracketExpr
        Ident "array"
        IntLit 3
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "a"
      VarTy
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "a"
      Prefix
        Ident "not"
        NilLit
      Empty
  VarSection
    IdentDefs
      Ident "v"
      BracketExpr
        Ident "static"
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "v"
      Command
        Ident "static"
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "v"
      BracketExpr
        Ident "typedesc"
        Ident "int"
      Empty
  VarSection
    IdentDefs
      Ident "v"
      Infix
        Ident "|"
        Ident "int"
        Ident "float"
      Empty
  MixinStmt
    Ident "a"
    Ident "b"
  BindStmt
    Ident "c"
  UsingStmt
    IdentDefs
      Ident "x"
      Ident "int"
      Empty
  Pragma
    ExprColonExpr
      Ident "push"
      Ident "a"
  PragmaBlock
    Pragma
      Cast
        Empty
        Ident "noSideEffect"
    StmtList
      Ident "foo"
  AsmStmt
    Empty
    StrLit "nop"
  DiscardStmt
    Empty
  NilLit
  DotExpr
    Ident "a"
    AccQuoted
      Ident "b"
  Call
    DotExpr
      Call
        DotExpr
          Ident "x"
          Ident "f"
        IntLit 1
      Ident "g"
    IntLit 2
  Command
    Ident "echo"
    Ident "a"
    Ident "b"
  Call
    Ident "echo"
    Ident "a"
    Ident "b"
  Command
    Ident "echo"
    Call
      Ident "a"
      Ident "b"
    Ident "c"
  Command
    Ident "echo"
    IntLit -1
  Infix
    Ident "-"
    Ident "echo"
    IntLit 1
  Command
    Ident "echo"
    Ident "a"
    StmtList
      Ident "b"
  Asgn
    Ident "a"
    Ident "b"
  Asgn
    TupleConstr
      Ident "a"
      Ident "b"
    Ident "c"
  Infix
    Ident ":="
    Ident "a"
    Ident "b"
  LetSection
    IdentDefs
      Ident "a"
      Empty
      IntLit 1
    IdentDefs
      Ident "b"
      Ident "int"
      IntLit 2
  CommentStmt "doc comment"
  Ident "foo"
  DiscardStmt
    TripleStrLit "abc"
StmtList
  TypeSection
    TypeDef
      PragmaExpr
        Postfix
          Ident "*"
          Ident "A"
        Pragma
          Ident "pure"
          Ident "inheritable"
      Empty
      ObjectTy
        Empty
        Empty
        Empty
  TypeSection
    TypeDef
      PragmaExpr
        Postfix
          Ident "*"
          Ident "B"
        Pragma
          Ident "foo"
      GenericParams
        IdentDefs
          Ident "T"
          Empty
          Empty
      ObjectTy
        Empty
        OfInherit
          Ident "A"
        RecList
          IdentDefs
            Ident "x"
            Ident "T"
            Empty
          RecWhen
            ElifBranch
              Ident "true"
              RecList
                IdentDefs
                  Ident "y"
                  Ident "int"
                  Empty
          RecCase
            IdentDefs
              Ident "k"
              Ident "E"
              Empty
            OfBranch
              Ident "a"
              Ident "b"
              RecList
                IdentDefs
                  Ident "z"
                  Ident "int"
                  Empty
                IdentDefs
                  Ident "w"
                  Ident "string"
                  Empty
            OfBranch
              Ident "c"
              NilLit
            Else
              RecList
                IdentDefs
                  Ident "q"
                  Ident "int"
                  Empty
    TypeDef
      Ident "C"
      Empty
      ObjectTy
        Empty
        Empty
        Empty
    TypeDef
      Ident "D"
      Empty
      EnumTy
        Empty
        Ident "a"
        EnumFieldDef
          Ident "b"
          IntLit 1
        EnumFieldDef
          Ident "c"
          StrLit "x"
        PragmaExpr
          Ident "d"
          Pragma
            Ident "foo"
    TypeDef
      Ident "E"
      Empty
      RefTy
        Ident "int"
    TypeDef
      Ident "F"
      Empty
      TupleConstr
        Ident "int"
        Ident "string"
    TypeDef
      Ident "G"
      Empty
      Infix
        Ident "or"
        Ident "int"
        Ident "string"
    TypeDef
      Ident "H"
      Empty
      ProcTy
        FormalParams
          Empty
          IdentDefs
            Ident "a"
            Ident "int"
            Empty
          IdentDefs
            Ident "b"
            Empty
            IntLit 3
        Pragma
          Ident "cdecl"
    TypeDef
      Ident "I"
      Empty
      IteratorTy
        FormalParams
          Ident "int"
        Pragma
          Ident "closure"
    TypeDef
      Ident "J"
      Empty
      TypeClassTy
        Empty
        Empty
        Empty
        StmtList
          ProcDef
            Ident "foo"
            Empty
            Empty
            FormalParams
              Empty
              IdentDefs
                Ident "x"
                Ident "Self"
                Empty
            Empty
            Empty
            Empty
    TypeDef
      Ident "K"
      Empty
      TupleTy
        IdentDefs
          Ident "a"
          Ident "int"
          Empty
        IdentDefs
          Ident "b"
          Ident "c"
          Ident "string"
          Empty
    TypeDef
      Ident "L"
      Empty
      VarTy
        Ident "int"
    TypeDef
      Ident "M"
      Empty
      DistinctTy
        RefTy
          ObjectTy
            Empty
            Empty
            Empty
    TypeDef
      PragmaExpr
        Ident "N"
        Pragma
          Ident "importc"
      Empty
      ObjectTy
        Empty
        Empty
        RecList
          IdentDefs
            PragmaExpr
              Ident "a"
              Pragma
                ExprColonExpr
                  Ident "bitsize"
                  IntLit 3
            Ident "int"
            Empty
  ForStmt
    Ident "i"
    Infix
      Ident ".."
      IntLit 0
      IntLit 3
    StmtList
      DiscardStmt
        Empty
  ForStmt
    VarTuple
      Ident "a"
      Ident "b"
      Empty
    Ident "x"
    StmtList
      DiscardStmt
        Empty
  ForStmt
    Ident "i"
    VarTuple
      Ident "a"
      Ident "b"
      Empty
    Ident "x"
    StmtList
      DiscardStmt
        Empty
  WhileStmt
    Ident "a"
    StmtList
      Ident "b"
      Ident "c"
  IfStmt
    ElifBranch
      Ident "a"
      StmtList
        Ident "b"
    Else
      StmtList
        Ident "c"
  IfStmt
    ElifBranch
      StmtListExpr
        LetSection
          IdentDefs
            Ident "x"
            Empty
            Call
              Ident "f"
        Ident "x"
      StmtList
        Ident "y"
  ProcDef
    Postfix
      Ident "*"
      AccQuoted
        Ident "+"
    Empty
    Empty
    FormalParams
      Ident "int"
      IdentDefs
        Ident "a"
        Ident "b"
        Ident "int"
        Empty
    Empty
    Empty
    StmtList
      Ident "a"
  ProcDef
    Ident "foo"
    Empty
    Empty
    FormalParams
      Empty
      IdentDefs
        Ident "x"
        Ident "int"
        Empty
    Empty
    Empty
    StmtList
      DiscardStmt
        Empty
  ProcDef
    Ident "foo"
    Empty
    Empty
    FormalParams
      Ident "int"
    Empty
    Empty
    StmtList
      IntLit 3
  ProcDef
    Ident "foo"
    Empty
    Empty
    FormalParams
      Empty
      IdentDefs
        Ident "a"
        Ident "int"
        IntLit 1
      IdentDefs
        Ident "b"
        BracketExpr
          Ident "openArray"
          Ident "int"
        Empty
      IdentDefs
        Ident "c"
        BracketExpr
          Ident "varargs"
          Ident "string"
          AccQuoted
            Ident "$"
        Empty
    Empty
    Empty
    Empty
  ProcDef
    Ident "foo"
    Empty
    Empty
    FormalParams
      Empty
    Pragma
      ExprColonExpr
        Ident "importc"
        StrLit "x"
      ExprColonExpr
        Ident "header"
        StrLit "y"
    Empty
    Empty
  LetSection
    IdentDefs
      Ident "x"
      Empty
      Call
        Call
          Ident "foo"
          Ident "a"
        Ident "b"
  Call
    DotExpr
      Call
        DotExpr
          Ident "a"
          Ident "b"
        Ident "c"
      Ident "d"
    StmtList
      Ident "e"
  Call
    DotExpr
      Ident "x"
      Ident "add"
    StmtList
      Ident "y"
  Call
    Ident "f"
    Ident "a"
    Lambda
      Empty
      Empty
      Empty
      FormalParams
        Empty
        IdentDefs
          Ident "x"
          Ident "int"
          Empty
      Empty
      Empty
      StmtList
        DiscardStmt
          Empty
  Call
    Ident "f"
    Ident "a"
    StmtList
      Ident "b"
  Asgn
    BracketExpr
      DotExpr
        Ident "result"
        Ident "x"
      Ident "y"
    Ident "z"
  VarSection
    VarTuple
      Ident "x"
      Ident "y"
      Empty
      Call
        Ident "f"
  VarSection
    IdentDefs
      Ident "a"
      Ident "b"
      Empty
      IntLit 1
  ConstSection
    ConstDef
      Ident "A"
      Empty
      IntLit 1
    ConstDef
      Ident "B"
      Ident "int"
      IntLit 2
  LetSection
    IdentDefs
      PragmaExpr
        Ident "x"
        Pragma
          Ident "inject"
      Ident "int"
      IntLit 1
  ExportStmt
    DotExpr
      Ident "foo"
      Ident "bar"
  Asgn
    DotExpr
      Ident "a"
      Ident "b"
    IfExpr
      ElifExpr
        Ident "c"
        StmtList
          Ident "d"
      ElseExpr
        StmtList
          Ident "e"
  ReturnStmt
    IfExpr
      ElifExpr
        Ident "a"
        StmtList
          Ident "b"
      ElseExpr
        StmtList
          Ident "c"
  Command
    Ident "assert"
    Infix
      Ident "=="
      Ident "a"
      Ident "b"
    StrLit "c"
  BracketExpr
    Ident "a"
    Prefix
      Ident "^"
      IntLit 1
  Prefix
    Ident "not"
    DotExpr
      Ident "a"
      Ident "b"
  DotExpr
    DotExpr
      Ident "a"
      Ident "b"
    Ident "not"
  Prefix
    Ident "-"
    DotExpr
      Ident "a"
      Ident "b"
  Infix
    Ident "+"
    Prefix
      Ident "-"
      Ident "a"
    Ident "b"
  Infix
    Ident "+"
    Ident "a"
    Infix
      Ident "*"
      Ident "b"
      Ident "c"
  Infix
    Ident "and"
    Ident "a"
    Prefix
      Ident "not"
      Ident "b"
  Infix
    Ident "and"
    Infix
      Ident "=="
      Ident "a"
      Ident "b"
    Infix
      Ident "!="
      Ident "c"
      Ident "d"
  Infix
    Ident "&"
    Infix
      Ident "&"
      Ident "a"
      Ident "b"
    Ident "c"
  Infix
    Ident "?="
    Ident "x"
    Ident "y"
'''
"""
# The trees of all of the syntax.
import std/macros
macro show(s: untyped): untyped = newCall("echo", newLit(s.treeRepr))
show:
  var x, y: int = 5
  let (a, b) = (1, 2)
  const c = "s"
  type
    Foo = object
      a*, b: int
      c {.nope.}: string
    Bar* = ref object of RootObj
      case kind: bool
      of true: x: int
      else: discard
    E = enum eA, eB = 3, eC = (5, "five")
    T = tuple[a: int, b: string]
    D = distinct int
    G[T] = seq[T]
    P = proc (x: int): string {.closure.}
    R = range[0..5]
    Cc = concept x
      x < x
    Pp = ptr int
  x = 5
  x += 1
  foo.bar = 3
  foo[1] = 2
  foo(1, b = 2)
  foo 1, 2
  foo.bar(1)
  foo.bar 1
  if a: b
  elif c: d
  else: e
  when defined(x): discard
  case x
  of 1, 2: a
  of 3..4: b
  else: c
  while true: break
  for a, b in pairs(x): continue
  try: a
  except ValueError as e: b
  except: c
  finally: d
  block foo: discard
  block: discard
  return
  return 5
  raise newException(A, "x")
  raise
  yield 4
  discard foo()
  defer: x
  import a, b/c
  import std/[a, b]
  from a import b, c
  import a except b
  include q
  export a
show:
  proc p*[T; U: int](a, b: T, c: var U = 3): int {.inline, raises: [].} =
    ## doc
    result = 1
  func f(x: int): int
  iterator it(a: int): int = yield a
  template tt(x: untyped): untyped {.dirty.} = x
  macro mm(x: untyped): untyped = x
  converter cc(x: int): string = $x
  method m(x: Foo) {.base.} = discard
  let l = proc (x: int): int = x
  let k = (x: int) => x
  let z = func (x: int): int = x
  foo do (x: int) -> int:
    x
  foo:
    bar
  foo(1):
    bar
  foo 1:
    bar
  let q = if a: 1 else: 2
  let r = case x
    of 1: 2
    else: 3
  let s = block: 5
  let t = try: 1 except: 2
  let u = when a: 1 else: 2
show:
  1; 1'i8; 1'u; 0xff; 'a'; 1.5; 1e3'f32; "s"; r"raw"; """triple"""; nil; 10'big
  -1
  not a
  a and b or c
  @[1, 2]
  [1, 2]
  {1, 2}
  {1: 2, "a": 3}
  {:}
  {}
  ()
  (1,)
  (1, 2)
  (a: 1, b: 2)
  Foo(a: 1)
  cast[int](x)
  addr x
  x[]
  x[1, 2]
  x{1}
  x[1 .. ^2]
  a.b.c
  `foo`
  `foo bar`
  `+`(1, 2)
  a..b
  a in b
  a notin b
  a is int
  a isnot int
  a as b
  $x
  fmt"x{y}"
  fmt"""x"""
  foo.fmt"x"
  x: int
  typeof(x)
  static: foo
  (a; b)
  (let a = 1; a)
  x.y = proc () = discard
  let a {.foo: 3, bar.} = 3
  a*b
  a -> b
  not(a)
  foo.bar[1](2)
  a[b: c]
  var x: ref int
  var f: proc
  var f: proc ()
  var f: iterator (x: int): int
  var t: tuple
  var t: (int, string)
  var a: array[3, int]
  var a: var int
  var a: not nil
  var v: static[int]
  var v: static int
  var v: typedesc[int]
  var v: int | float
  mixin a, b
  bind c
  using x: int
  {.push: a.}
  {.cast(noSideEffect).}: foo
  asm "nop"
  discard
  nil
  a.`b`
  x.f(1).g(2)
  echo a, b
  echo(a, b)
  echo a(b), c
  echo -1
  echo - 1
  echo a: b
  a = b
  (a, b) = c
  a := b
  let
    a = 1
    b: int = 2
  # comment
  ## doc comment
  foo
  discard """abc"""
show:
  type A* {.pure, inheritable.} = object
  type
    B* [T] {.foo.} = object of A
      x: T
      when true:
        y: int
      case k: E
      of a, b:
        z: int
        w: string
      of c: nil
      else:
        q: int
    C = object
    D = enum
      a
      b = 1
      c = "x"
      d {.foo.}
    E = ref int
    F = (int, string)
    G = int or string
    H = proc (a: int, b = 3) {.cdecl.}
    I = iterator (): int {.closure.}
    J = concept
      proc foo(x: Self)
    K = tuple
      a: int
      b, c: string
    L = var int
    M = distinct ref object
    N {.importc.} = object
      a {.bitsize: 3.}: int
  for i in 0..3: discard
  for (a, b) in x: discard
  for i, (a, b) in x: discard
  while a:
    b
    c
  if a: b else: c
  if (let x = f(); x): y
  proc `+`*(a, b: int): int = a
  proc foo(x: int) = discard
  proc foo: int = 3
  proc foo(a: int = 1, b: openArray[int], c: varargs[string, `$`])
  proc foo() {.importc: "x", header: "y".}
  let x = foo(a)(b)
  a.b(c).d: e
  x.add do: y
  f(a, proc (x: int) = discard)
  f(a) do: b
  result.x[y] = z
  var (x, y) = f()
  var a, b = 1
  const
    A = 1
    B: int = 2
  let x {.inject.}: int = 1
  export foo.bar
  a.b = if c: d else: e
  return if a: b else: c
  assert a == b, "c"
  a[^1]
  not a.b
  a.b.not
  -a.b
  -a + b
  a + b * c
  a and not b
  a == b and c != d
  a & b & c
  x ?= y
