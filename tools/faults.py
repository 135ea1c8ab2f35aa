"""Small faults in a module's text, as slips of the pen make them."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FLIPS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.FloorDiv: "*", ast.Div: "*",
    ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip
CALLS = frozenset(("where", "order_by", "strip", "lower", "upper", "casefold", "removeprefix", "on_conflict"))
SQL = re.compile(r"\b(SELECT|UPDATE|DELETE|INSERT|WHERE|AND|ORDER BY|SET|CASE)\b")
SQL_SLIPS = (
    (re.compile(r"(?<![<>=])>(?![=>])"), ">="), (re.compile(r"(?<![<>=])<(?![=>])"), "<="),
    (re.compile(r">="), ">"), (re.compile(r"<="), "<"), (re.compile(r"\bAND\b"), "OR"),
    (re.compile(r" DESC\b"), ""),
    (re.compile(r"\bNOT IN\b"), "IN"), (re.compile(r"'[a-z]\w+'"), "'zzqq'"),
)  # fmt: skip
NONSENSE = "zzqq"
TYPES = frozenset(("Literal", "Annotated", "Callable"))  # what stands behind them is for the type checker


@dataclass(frozen=True)
class Fault:
    """A module with one slip in it."""

    text: str  # of the whole module
    line: int
    was: str  # the line
    becomes: str
    what: str  # "compare", "constant" ...

    @property
    def key(self) -> str:
        """Names it when lines above have moved."""
        return f"{self.was} -> {self.becomes}"


@dataclass(frozen=True)
class Change:
    """Where a slip replaces what: a node's place and the new text for it."""

    node: ast.expr | ast.stmt
    text: str
    what: str


def faults(source: str) -> list[Fault]:
    """All slips we know, in the order of the lines; each still parses and differs."""
    tree = ast.parse(source)
    changes = [change for node in _reached(tree) for change in _changes(node, source)]
    made = [fault for change in changes if (fault := _made(source, change))]
    return sorted({fault.text: fault for fault in made}.values(), key=lambda each: each.line)


def _reached(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs: no annotations, docstrings, imports; nothing in f-strings, whose places lie."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(
                child, ast.Import | ast.ImportFrom | ast.JoinedStr
            ):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Subscript) and ast.unparse(child.value) in TYPES:
                continue
            if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
                continue  # what a module gives on is for the type checker too
            yield child
            yield from _reached(child)


def _changes(node: ast.AST, source: str) -> Iterator[Change]:
    for kind, slips in SLIPS.items():
        if isinstance(node, kind):
            yield from slips(node, source)


def _compare(node: ast.Compare, source: str) -> Iterator[Change]:
    if len(node.ops) == 1:
        sides = (_text(node.left, source), _text(node.comparators[0], source))
        yield Change(node, f"({sides[0]} {FLIPS[type(node.ops[0])]} {sides[1]})", "comparison")


def _boolean(node: ast.BoolOp, source: str) -> Iterator[Change]:
    word, nothing = ("and", "True") if isinstance(node.op, ast.And) else ("or", "False")
    for dropped in node.values:
        kept = [_text(each, source) if each is not dropped else nothing for each in node.values]
        yield Change(node, f"({f' {word} '.join(kept)})", "condition dropped")


def _negation(node: ast.UnaryOp, source: str) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield Change(node, f"bool({_text(node.operand, source)})", "not dropped")


def _operation(node: ast.BinOp, source: str) -> Iterator[Change]:
    if sign := OPERATORS.get(type(node.op)):
        yield Change(node, f"({_text(node.left, source)} {sign} {_text(node.right, source)})", "operator")


def _branch(node: ast.If | ast.IfExp | ast.While, source: str) -> Iterator[Change]:
    if not isinstance(node.test, ast.Compare | ast.UnaryOp):  # those are turned round already
        yield Change(node.test, f"(not ({_text(node.test, source)}))", "branches swapped")
    yield Change(node.test, f"(({_text(node.test, source)}) and False)", "never")
    if not isinstance(node, ast.While):
        yield Change(node.test, f"(({_text(node.test, source)}) or True)", "always")


def _constant(node: ast.Constant, source: str) -> Iterator[Change]:
    match node.value:
        case bool():
            yield Change(node, str(not node.value), "constant")
        case int():
            yield Change(node, str(node.value + 1), "constant")
            yield Change(node, f"({node.value - 1})", "constant")
        case str() if SQL.search(node.value):
            yield from _statement(node, source)
        case str() if node.value:
            yield Change(node, repr(NONSENSE), "text")


def _statement(node: ast.Constant, source: str) -> Iterator[Change]:
    """One slip in a piece of SQL; pieces of adjacent strings are one node and keep their lines."""
    text = _text(node, source)
    for pattern, slip in SQL_SLIPS:
        for found in pattern.finditer(text):
            yield Change(node, text[: found.start()] + slip + text[found.end() :], "SQL")


def _call(node: ast.Call, source: str) -> Iterator[Change]:
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in CALLS:
        return
    yield Change(node, _text(node.func.value, source), f"{node.func.attr} dropped")
    if node.func.attr == "where" and len(node.args) > 1:
        for dropped in node.args:
            kept = ", ".join(_text(each, source) for each in node.args if each is not dropped)
            yield Change(node, f"{_text(node.func, source)}({kept})", "condition dropped")


def _removed(node: ast.stmt, _source: str) -> Iterator[Change]:
    yield Change(node, "pass", "statement removed")


def _returned(node: ast.Return, _source: str) -> Iterator[Change]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield Change(node, "return None", "None returned")


SLIPS: dict[type, Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare, ast.BoolOp: _boolean, ast.UnaryOp: _negation, ast.BinOp: _operation,
    ast.If: _branch, ast.IfExp: _branch, ast.While: _branch, ast.Constant: _constant, ast.Call: _call,
    ast.Expr: _removed, ast.AugAssign: _removed, ast.Raise: _removed, ast.Continue: _removed,
    ast.Break: _removed, ast.Return: _returned,
}  # fmt: skip


def _text(node: ast.AST, source: str) -> str:
    return ast.get_source_segment(source, node) or ""


def _made(source: str, change: Change) -> Fault | None:
    """None if it does not parse, or parses to the same."""
    start, end = _offsets(source, change.node)
    whole = source.encode()
    text = (whole[:start] + change.text.encode() + whole[end:]).decode()
    try:
        if ast.dump(ast.parse(text)) == ast.dump(ast.parse(source)):
            return None
    except SyntaxError:
        return None
    line = next(
        n for n, (a, b) in enumerate(zip(source.split("\n"), text.split("\n"), strict=False)) if a != b
    )
    was, becomes = (each.split("\n")[line].strip() for each in (source, text))
    return Fault(text, line + 1, was, becomes, change.what)


def _offsets(source: str, node: ast.expr | ast.stmt) -> tuple[int, int]:
    """Where a node begins and ends, in bytes of UTF-8 as the parser counts."""
    starts = [0]
    for line in source.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
    return starts[node.lineno - 1] + node.col_offset, starts[end_line - 1] + end_column
