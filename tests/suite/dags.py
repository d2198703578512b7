"""The Python that platforms run: the module of DAGs with small stand-ins for Airflow 2.11 and 3, and the
scripts beside it for real. All of it passes ruff, with the rules for Airflow 3.
"""

import importlib.util
import json
import logging
import os
import pathlib
import subprocess
import sys
import sysconfig
import tempfile
import time
import types

from artifacts import check, render

SOURCE = pathlib.Path(os.environ["DSC_SOURCE"])
SCRIPTS = SOURCE / "templates" / "airflow"
RULES = "E,F,W,I,B,UP,SIM,C4,RUF,AIR"
OURS = ("airflow", "kubernetes")


# ---- stand-ins: they keep what they are given


class Record:
    """An object of the Kubernetes client."""

    def __init__(self, *arguments, **fields):
        self.arguments = arguments
        self.__dict__.update(fields)


class Models(types.ModuleType):
    def __getattr__(self, name):
        if not name.startswith("V1"):
            raise AttributeError(name)
        return type(name, (Record,), {})


class Dag:
    current = None

    def __init__(self, **fields):
        self.__dict__.update(fields)
        self.tasks = {}

    def __enter__(self):
        Dag.current = self
        return self

    def __exit__(self, *_):
        Dag.current = None


class Asset:
    def __init__(self, uri):
        self.uri = uri


class Operator:
    def __init__(self, *, task_id, outlets, **fields):
        self.task_id, self.outlets = task_id, outlets
        self.log = logging.getLogger(task_id)
        self.upstream = []
        self.__dict__.update(fields)
        Dag.current.tasks[task_id] = self

    def set_downstream(self, other):
        other.upstream.append(self.task_id)


class PodOperator(Operator):
    template_fields = ("arguments", "env_vars", "image")


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


def install(line, with_kubernetes):
    """The modules that exist in one line of Airflow, with or without its Kubernetes provider."""
    for name in [each for each in sys.modules if each.split(".")[0] in OURS]:
        del sys.modules[name]
    module("airflow")
    if line == 3:
        module("airflow.sdk", DAG=Dag, Asset=Asset, BaseOperator=Operator)
    else:
        module("airflow.datasets", Dataset=Asset)
        module("airflow.models")
        module("airflow.models.baseoperator", BaseOperator=Operator)
        module("airflow.models.dag", DAG=Dag)
    if with_kubernetes:
        for parent in ("", ".cncf", ".cncf.kubernetes", ".cncf.kubernetes.operators"):
            module(f"airflow.providers{parent}")
        pod = "airflow.providers.cncf.kubernetes.operators.pod"
        module(pod, KubernetesPodOperator=PodOperator)
        module("kubernetes")
        module("kubernetes.client", models=Models("kubernetes.client.models"))


def load(path, line, with_kubernetes=True):
    """Runs a DAG file as Airflow does, and finds its DAGs as Airflow does."""
    install(line, with_kubernetes)
    specification = importlib.util.spec_from_file_location(f"unusual_prefix_{path.stem}", path)
    made = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(made)
    return {name: value for name, value in vars(made).items() if isinstance(value, Dag)}


# ---- DAGs of pods


def check_pod(task, said, spec):
    check(task.template_fields == (), "a text of the model would be taken for a template")
    check(task.image == (said["image"] or spec["pod"]["image"]), task.task_id)
    check(task.cmds + task.arguments == said["command"] + said["arguments"], task.task_id)
    check(task.env_vars == {**spec["environment"], **said["environment"]}, task.task_id)
    check(task.service_account_name == spec["pod"]["service_account"], task.task_id)
    check(task.automount_service_account_token is False, task.task_id)
    check(task.labels == {**spec["pod"]["labels"], **said["labels"]}, task.task_id)
    check(task.on_finish_action == "delete_pod" and task.do_xcom_push is False, task.task_id)
    security = task.container_security_context
    check(security.run_as_non_root and security.read_only_root_filesystem, task.task_id)
    check(security.allow_privilege_escalation is False, task.task_id)
    check(security.capabilities.drop == ["ALL"], task.task_id)
    check(task.security_context.seccomp_profile.type == "RuntimeDefault", task.task_id)
    check(task.container_resources.limits == spec["pod"]["resources"]["limits"], task.task_id)
    check_files(task, said)


def check_files(task, said):
    """Exactly the credentials of this task, each as a folder, and a token only where asked for."""
    volumes = {volume.name: volume for volume in task.volumes}
    mounts = {mount.name: mount.mount_path for mount in task.volume_mounts}
    check(set(volumes) == set(mounts), task.task_id)
    check(("kube-api-access" in volumes) == said["kubernetes_api"], task.task_id)
    check(mounts["credentials"] == "/run/secrets/dsc", task.task_id)
    found = [
        {
            "credential": {item.path.split("/")[0] for item in source.secret.items},
            "secret": source.secret.name,
            "keys": [item.key for item in source.secret.items],
        }
        for source in volumes["credentials"].projected.sources
    ]
    wanted = [{**each, "credential": {each["credential"]}} for each in said["credentials"]]
    check(found == wanted, task.task_id, found, wanted)


def check_dag(dag, said, spec):
    check(dag.dag_id == said["dag_id"], dag.dag_id)
    check(dag.catchup is False and dag.max_active_runs == 1, dag.dag_id)
    check(dag.start_date.tzinfo is not None, dag.dag_id)
    check(dag.tags == said["tags"] and dag.doc_md == said["doc_md"], dag.dag_id)
    if said["after"]:
        check([asset.uri for asset in dag.schedule] == said["after"], dag.dag_id)
    else:
        check(dag.schedule == said["schedule"], dag.dag_id)
    defaults = dag.default_args
    check(defaults["pool"] == spec["pool"], dag.dag_id)
    check(defaults["priority_weight"] == said["priority"], dag.dag_id)
    check(defaults["retries"] > 0 and defaults["execution_timeout"], dag.dag_id)
    check(list(dag.tasks) == [task["task_id"] for task in said["tasks"]], dag.dag_id)
    for task in said["tasks"]:
        made = dag.tasks[task["task_id"]]
        check(made.upstream == task["after"], made.task_id)
        check([asset.uri for asset in made.outlets] == task["updates"], made.task_id)


def check_rendered(folder):
    count = 0
    for path in sorted(folder.glob("*/*/dags/*.py")):
        spec = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for line in (2, 3):
            with_kubernetes = spec["runner"] == "pod"
            dags = load(path, line, with_kubernetes)
            check(set(dags) == {dag["dag_id"] for dag in spec["dags"]}, path)
            for said in spec["dags"]:
                check_dag(dags[said["dag_id"]], said, spec)
                for task in said["tasks"]:
                    if with_kubernetes:
                        check_pod(dags[said["dag_id"]].tasks[task["task_id"]], task, spec)
            count += len(dags)
    check(count > 0, "no DAG was rendered")
    return count


# ---- DAGs of processes


def process_dag(folder, command, arguments):
    """A DAG with one task that is a process."""
    spec = {
        "platform": "p",
        "runner": "process",
        "pool": "default_pool",
        "environment": {"GREETING": "good day"},
        "dags": [
            {
                "dag_id": "p.s",
                "description": "",
                "doc_md": "",
                "tags": [],
                "schedule": None,
                "priority": 1,
                "paused": False,
                "after": [],
                "tasks": [
                    {
                        "task_id": "merge",
                        "after": [],
                        "command": command,
                        "arguments": arguments,
                        "environment": {"NAME": "you"},
                        "updates": [],
                    }
                ],
            }
        ],
    }
    path = folder / "p_pipeline_00.py"
    path.write_text((SCRIPTS / "dags.py").read_text(encoding="utf-8"), encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(spec), encoding="utf-8")
    return load(path, 3, with_kubernetes=False)["p.s"]


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def run(task):
    """The task's log, and what it raised."""
    heard = Lines()
    task.log.addHandler(heard)
    task.log.setLevel(logging.INFO)
    task.log.propagate = False
    try:
        task.execute({})
    except RuntimeError as error:
        return heard.lines, str(error)
    finally:
        task.log.removeHandler(heard)
    return heard.lines, None


def check_processes(folder):
    say = ["sh", "-c", 'printf "%s|" "$GREETING" "$NAME" "$@"', "sh"]
    hostile = ["--stream", "a b; exit 7", "$(exit 7)", "{{ x }}", "☃"]
    lines, error = run(process_dag(folder, say, hostile).tasks["merge"])
    check(error is None, error)
    check(lines == ["|".join(["good day", "you", *hostile]) + "|"], lines)

    both = ["sh", "-c", "echo out; echo err >&2; exit 3"]
    lines, error = run(process_dag(folder, both, []).tasks["merge"])
    check(lines == ["out", "err"] and "3" in error, lines, error)

    told = ["sh", "-c", "trap 'echo told; exit 0' TERM; echo begun; while :; do sleep 0.02; done"]
    task = process_dag(folder, told, []).tasks["merge"]
    task.on_kill()  # before it began: nothing to do

    class Impatient(Lines):
        def emit(self, record):
            super().emit(record)
            if self.lines == ["begun"]:
                task.on_kill()

    impatient = Impatient()
    task.log.addHandler(impatient)
    lines, error = run(task)
    check(lines == ["begun", "told"] and error is None, lines, error)


def check_failure_report(folder):
    dag = process_dag(folder, ["true"], [])
    report = dag.default_args["on_failure_callback"]
    heard = Lines()
    logging.getLogger(report.__module__).addHandler(heard)
    failed = types.SimpleNamespace(dag_id="p.s", task_id="merge", try_number=4)
    report({"task_instance": failed})
    check(len(heard.lines) == 1 and "p.s.merge" in heard.lines[0], heard.lines)


# ---- the scripts


def script(name):
    specification = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    made = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(made)
    return made


def check_dag_sync(folder):
    mounted, plain = folder / "mounted", folder / "plain"
    (mounted / "..2026").mkdir(parents=True)
    plain.mkdir()
    for name, text in {"a.py": "1", "a.json": "{}", "b.json": "[]"}.items():
        (mounted / "..2026" / name).write_text(text)
        (mounted / name).symlink_to(pathlib.Path("..2026") / name)
    (plain / "gone.py").write_text("x")
    sync = script("dag_sync")
    sync.sync(mounted, plain)

    def files():
        return {path.name: path.read_text() for path in plain.iterdir()}

    check(files() == {"a.py": "1", "a.json": "{}", "b.json": "[]"}, files())
    check(sorted(["a.py", "a.json"], key=sync.rank) == ["a.json", "a.py"])
    before = (plain / "a.py").stat()
    (mounted / "..2026" / "b.json").write_text("[2]")
    sync.sync(mounted, plain)
    check(files()["b.json"] == "[2]")
    after = (plain / "a.py").stat()
    check((before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns))

    heartbeat = folder / "heartbeat"
    command = [sys.executable, SCRIPTS / "dag_sync.py", mounted, plain, heartbeat]
    with subprocess.Popen(command) as process:
        while not heartbeat.exists() and process.poll() is None:
            time.sleep(0.01)
        process.terminate()
    check(heartbeat.exists(), "no heartbeat")


def check_database_url(folder):
    (folder / "username").write_text("air flow@x")
    (folder / "password").write_text("p/w:%?#\n")
    place = {"DATABASE_HOST": "db.example", "DATABASE_PORT": "5432", "DATABASE_NAME": "airflow"}
    found = subprocess.run(
        [sys.executable, SCRIPTS / "database_url.py"],
        env={**place, "DATABASE_CREDENTIAL": str(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    wanted = "postgresql+psycopg2://air%20flow%40x:p%2Fw%3A%25%3F%23@db.example:5432/airflow"
    check(found.stdout == wanted, found.stdout)


def check_style():
    ruff = pathlib.Path(sysconfig.get_path("scripts")) / "ruff"
    common = ["--no-cache", "--isolated", "--preview", "--line-length", "100"]
    rules = ["--select", RULES, "--target-version", "py39"]
    subprocess.run([ruff, "check", "--quiet", *common, *rules, SCRIPTS], check=True)
    subprocess.run([ruff, "format", "--quiet", "--check", *common, SCRIPTS], check=True)


def main():
    check_style()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        models = [SOURCE / "models" / "starter"]
        models += [SOURCE / "tests" / "fixtures" / "artifacts" / name for name in ("plain", "hostile")]
        for number, model in enumerate(models):
            output = scratch / str(number)
            render(model, output)
            print(f"{model.name}: {check_rendered(output)} DAGs")
        for each in (check_processes, check_failure_report, check_dag_sync, check_database_url):
            own = scratch / each.__name__
            own.mkdir()
            each(own)


if __name__ == "__main__":
    main()
