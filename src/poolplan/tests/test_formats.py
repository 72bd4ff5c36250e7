"""Files in the interchange formats are read and written faithfully, and bad ones are refused by field."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from poolplan import FormatError, instance_from, instance_to, read_instance, write_instance
from poolplan.__main__ import main
from poolplan.tests import make

Data = dict[str, Any]


def sample() -> Data:
    return instance_to(make.problem([make.need(i, f"firm{i}", persons=1) for i in range(3)]))


def test_a_problem_survives_writing_and_reading(tmp_path: Path) -> None:
    problem = instance_from(sample())
    for name in ("problem.json", "problem.json.gz"):
        write_instance(problem, tmp_path / name)
        assert read_instance(tmp_path / name) == problem


def test_the_public_instances_survive_too() -> None:
    problem = read_instance(make.instance("n200_s1.json"))
    again = instance_from(instance_to(problem))
    nameless = tuple(replace(template, provider=None) for template in problem.templates)
    assert again == replace(problem, templates=nameless)


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda d: d.update(format="pooling-instance/9"), "format"),
        (lambda d: d.pop("needs"), "needs"),
        (lambda d: d.update(weeks="four"), "weeks"),
        (lambda d: d["needs"][1].pop("persons"), "needs[1].persons"),
        (lambda d: d["needs"][1].update(persons=1.5), "needs[1].persons"),
        (lambda d: d["needs"][1].update(persons=True), "needs[1].persons"),
        (lambda d: d["needs"][1].update(id=7), "needs[1].id"),
        (lambda d: d["needs"][1].update(company=99), "needs[1].company"),
        (lambda d: d["needs"].append(None), "needs[3]"),
        (lambda d: d["venues"][0].update(muni=99), "venues[0].place"),
        (lambda d: d["templates"][0].update(patterns=[9]), "templates[0].patterns"),
        (lambda d: d["km"].pop(), "travel.km"),
        (lambda d: d.update(params=[]), "params"),
        (lambda d: d.update(patterns=["lunar"]), "patterns"),
        (lambda d: d.update(frozen_runs=[{}]), "frozen_runs[0].venue"),
    ],
)
def test_a_bad_file_is_refused_by_field_and_reason(spoil: Callable[[Data], object], field: str) -> None:
    data = sample()
    spoil(data)
    with pytest.raises(FormatError) as error:
        instance_from(data)
    assert error.value.field in {field, "frozen_runs[0].template"}
    assert error.value.reason


def test_the_command_line_solves_checks_and_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, plan = tmp_path / "p.json", tmp_path / "plan.json.gz"
    problem.write_text(json.dumps(sample()), encoding="utf-8")
    assert main(["solve", str(problem), str(plan), "--steps", "3"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 1
    assert main(["check", str(problem), str(plan)]) == 0
    assert json.loads(capsys.readouterr().out)["feasible"] is True
    assert main(["explain", str(problem), str(plan), "1"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == "served"


def test_the_command_line_tells_a_broken_plan_from_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = tmp_path / "p.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(sample()), encoding="utf-8")
    run = {"template": 0, "pattern": 0, "start_week": 0, "mode": 1, "venue": 0, "members": [[0, 1]]}
    plan.write_text(json.dumps({"format": "pooling-plan/1", "runs": [run]}), encoding="utf-8")
    assert main(["check", str(problem), str(plan)]) == 1
    assert main(["explain", str(problem), str(plan), "1"]) == 1
    capsys.readouterr()
    plan.write_bytes(gzip.compress(b"{}"))
    assert main(["check", str(problem), str(plan)]) == 2
    assert str(plan) in capsys.readouterr().err
    assert main(["solve", str(tmp_path / "nowhere.json"), str(plan)]) == 2
