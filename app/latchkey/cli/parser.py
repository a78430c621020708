"""The commands and their arguments. Nothing here knows what a command does, so that the help stands at once."""

from __future__ import annotations

import argparse

from latchkey import __version__
from latchkey.cli.opening import COMMANDS, SELF_CHECK
from latchkey.cli.wording import Parser
from latchkey.policy.page_designs import DEFAULT, DESIGNS
from latchkey.text import LANGUAGES, _


def build(asked: str = "") -> Parser:
    """The parser of all commands, speaking the language in force; of one only, if that is what was asked for."""
    parser = Parser(
        prog="latchkey",
        description=_("Sign-in with WeChat, QQ and any other provider for Azure AD B2C."),
        epilog=" ".join(
            [
                _("Without a command it opens the wizard: latchkey [DRAFT or FOLDER]."),
                _("Exit status: 0 done; 1 refused, or errors found; 2 wrong usage, or a path that can't be used."),
            ]
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"latchkey {__version__}", help=_("show the version and leave")
    )
    parser.add_argument(
        SELF_CHECK, action="store_true", help=_("check that this installation is whole; must come first")
    )
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), required=True, parser_class=Parser, title=_("commands")
    )
    shared = _shared()
    adders = dict(
        zip(
            COMMANDS,
            (_compose, _import, _check, _explain, _show, _guide, _undo, _providers, _secrets, _discover),
            strict=True,
        )
    )
    for add in [adders[asked]] if asked in adders else adders.values():
        add(commands, shared)
    return parser


def _shared() -> Parser:
    """What every command takes."""
    shared = Parser()
    shared.add_argument("--json", action="store_true", help=_("print one JSON document for other programs"))
    shared.add_argument(
        "--language", choices=LANGUAGES, metavar=_("LANGUAGE"), help=_("the language of the answer: en or zh_CN")
    )
    return shared


def _command(commands: argparse._SubParsersAction[Parser], shared: Parser, name: str, does: str) -> Parser:
    return commands.add_parser(name, parents=[shared], add_help=False, help=does, description=does, allow_abbrev=False)


def _in_azure(command: Parser) -> None:
    """The set may end in policies whose files nobody has at hand."""
    command.add_argument(
        "--in-azure",
        action="append",
        default=[],
        metavar="ID",
        help=_("this policy is in Azure already, though its file is not here (may be given several times)"),
    )


def _compose(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    does = _("Write a complete new policy set from a draft, or bring it into policies that you have.")
    command = _command(commands, shared, "compose", does)
    command.add_argument("draft", metavar=_("DRAFT"), help=_("a file that ends in .latchkey.toml"))
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", metavar=_("FOLDER"), help=_("where the files of a new set are written"))
    where.add_argument(
        "--into",
        metavar=_("FOLDER"),
        help=_("the folder with your policies: they are edited in place, and the old files are kept"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("write nothing; say what would change"))
    command.add_argument("--diff", action="store_true", help=_("write nothing; print what would change in each file"))
    command.add_argument(
        "--remove-unlisted",
        action="store_true",
        help=_("with --into: take off the providers that the policies show and the draft does not name"),
    )
    command.add_argument(
        "--change-identity",
        action="store_true",
        help=_("with --into: allow a change by which nobody who has signed in before would be recognised"),
    )
    _in_azure(command)


def _import(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(commands, shared, "import", _("Make a draft from policies that you have."))
    command.add_argument("folder", metavar=_("FOLDER"), help=_("the folder of the policy files"))
    command.add_argument("-o", "--output", required=True, metavar=_("DRAFT"), help=_("where the draft is written"))
    command.add_argument("--force", action="store_true", help=_("replace a draft that says something else"))
    _in_azure(command)


def _check(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(commands, shared, "check", _("Check policy files, Latchkey's own or anybody's."))
    command.add_argument(
        "paths",
        nargs="+",
        metavar=_("PATH"),
        help=_("a folder (a policy set of its own), or a file, which is checked together with its folder"),
    )
    command.add_argument("--recursive", action="store_true", help=_("take each subfolder as a policy set as well"))
    command.add_argument("--sarif", action="store_true", help=_("print SARIF 2.1.0, for code hosts and editors"))
    command.add_argument(
        "--fix", action="store_true", help=_("mend what has one right answer; `latchkey undo` takes it back")
    )
    command.add_argument("--diff", action="store_true", help=_("with --fix: write nothing; print what would change"))
    command.add_argument("--draft", metavar=_("DRAFT"), help=_("with --fix: what belongs in the place of sample texts"))
    _in_azure(command)


def _explain(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(commands, shared, "explain", _("Explain a rule of the checks, or an error text of Azure's."))
    command.add_argument("rule", nargs="?", metavar=_("RULE"), help=_("the rule's name as the findings give it"))
    command.add_argument("--text", metavar=_("TEXT"), help=_("what Azure says; - reads it from standard input"))
    command.add_argument("--set", metavar=_("FOLDER"), help=_("with --text: find the place in these policy files"))


def _show(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(
        commands, shared, "show", _("Show a policy set: what builds on what, the journeys, the sign-in buttons.")
    )
    command.add_argument("folder", metavar=_("FOLDER"), help=_("the folder of the policy files"))
    command.add_argument("--policy", metavar="ID", help=_("only this policy"))
    command.add_argument(
        "--sources",
        "--verbose",
        action="store_true",
        help=_("say of everything in which file and line it stands, and what it overrides"),
    )
    command.add_argument(
        "--flow", metavar=_("FILE"), help=_("write who goes which way as a picture, an .svg file; - prints it")
    )
    _in_azure(command)


def _guide(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(commands, shared, "guide", _("Say what is still done by hand, with exact values."))
    command.add_argument("draft", metavar=_("DRAFT"), help=_("a file that ends in .latchkey.toml"))
    command.add_argument(
        "--set", metavar=_("FOLDER"), help=_("take policy names and upload order from this policy set")
    )
    command.add_argument(
        "--html", metavar=_("FILE"), help=_("write it as a page to print or send; - prints the page's HTML")
    )
    command.add_argument(
        "--css",
        metavar=_("FILE"),
        help=_("write the CSS that gives an icon to buttons without one, for your own copy of the page; - prints it"),
    )
    command.add_argument(
        "--design", choices=DESIGNS, default=DEFAULT, metavar=_("DESIGN"), help=_("the page design that the CSS is for")
    )
    command.add_argument(
        "--pictures", metavar=_("ADDRESS"), help=_("with --css: the https address of the folder with the pictures")
    )


def _undo(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    does = _("Put back what was changed last in a folder: by compose --into, check --fix or the wizard.")
    command = _command(commands, shared, "undo", does)
    command.add_argument("folder", metavar=_("FOLDER"), help=_("the folder of the policy files"))
    command.add_argument("--diff", action="store_true", help=_("write nothing; print what would change in each file"))
    command.add_argument("--list", action="store_true", help=_("write nothing; list what is kept of this folder"))


def _providers(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    command = _command(commands, shared, "providers", _("List the providers that Latchkey knows."))
    command.add_argument("type", nargs="?", metavar=_("TYPE"), help=_("say what this one asks for"))


def _secrets(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    does = _("List, store, renew or delete client secrets in this computer's keyring.")
    command = _command(commands, shared, "secrets", does)
    command.add_argument("action", choices=("list", "set", "renew", "delete"), metavar="list|set|renew|delete")
    command.add_argument(
        "tenant",
        nargs="?",
        metavar=_("TENANT"),
        help=_("the tenant's name, for example contoso; with renew the draft, a file that ends in .latchkey.toml"),
    )
    command.add_argument("key", nargs="?", metavar=_("POLICY_KEY"), help=_("the policy key's name, without B2C_1A_"))
    command.add_argument(
        "--key-file", metavar=_("FILE"), help=_("renew: the .p8 file that Apple's secret is made from; it is only read")
    )
    command.add_argument(
        "--provider", metavar=_("NAME"), help=_("renew: which provider, where the draft has several of that kind")
    )
    command.add_argument(
        "--expires", metavar=_("DATE"), help=_("set: the secret's last day, as year-month-day; Latchkey reminds of it")
    )
    command.add_argument("--show", action="store_true", help=_("renew: print the new secret as well"))
    command.add_argument("--all", action="store_true", help=_("delete: forget every secret that Latchkey has stored"))


def _discover(commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    does = _("Read what a provider publishes about itself, and say whether Azure can work with it.")
    command = _command(commands, shared, "discover", does)
    command.add_argument(
        "where",
        nargs="?",
        metavar=_("URL|FILE"),
        help=_("the provider's issuer, the full address of its metadata, or a saved metadata file"),
    )
    command.add_argument("--draft", metavar=_("DRAFT"), help=_("fill it into this draft, or add it there"))
    command.add_argument(
        "--provider", metavar=_("NAME"), help=_("which of the draft's providers is meant, by id or button text")
    )
    command.add_argument(
        "--replace", action="store_true", help=_("with --draft: what you have typed gives way to the provider's words")
    )
    command.add_argument("--type", metavar=_("TYPE"), help=_("the type of provider to read it for"))
    command.add_argument(
        "--compare", metavar=_("DRAFT"), help=_("say what has changed at the draft's providers since they were read")
    )
    command.add_argument(
        "--reach", metavar=_("TYPE|DRAFT"), help=_("knock at the addresses of this type, or of a draft's providers")
    )
    command.add_argument(
        "--local",
        action="store_true",
        help=_("allow addresses of your own network as well; this computer (localhost) needs no word"),
    )
