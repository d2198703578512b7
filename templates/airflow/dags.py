"""The DAGs that the JSON file beside this one describes: same name, .json.

dsc ships this module unchanged, under one name for each group of DAGs; all that differs from one
platform, or stream, to another is in the JSON. To change a DAG, change the model and render again.

Works on Apache Airflow 2.11 and 3.x. Parsing reads that one file and nothing else.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

try:  # Airflow 3
    from airflow.sdk import DAG, Asset, BaseOperator
except ImportError:  # Airflow 2.11
    from airflow.datasets import Dataset as Asset
    from airflow.models.baseoperator import BaseOperator
    from airflow.models.dag import DAG

log = logging.getLogger(__name__)

# The day does not matter, since nothing is caught up; but it must stay the same for ever.
START_DATE = datetime(2025, 1, 1, tzinfo=timezone.utc)

# Runs of dsc are safe to repeat at any time: a failure is most often a server that restarts.
RETRIES = 3
RETRY_DELAY = timedelta(minutes=1)
MAX_RETRY_DELAY = timedelta(minutes=10)

# The longest single run is the first snapshot of a large store.
TASK_TIMEOUT = timedelta(hours=12)
RUN_TIMEOUT = timedelta(hours=24)

CREDENTIALS = "/run/secrets/dsc"
API_ACCESS = "/var/run/secrets/kubernetes.io/serviceaccount"


def report_failure(context) -> None:
    """Says in the task's log what the operator needs first, once all tries have failed."""
    ti = context["task_instance"]
    log.error(
        "%s.%s failed after %s tries. The view dsc.stream_status tells the state of each stream;"
        " README.md of the pipeline folder says what to do.",
        ti.dag_id,
        ti.task_id,
        ti.try_number,
    )


class Process(BaseOperator):
    """Runs a program where Airflow runs, without a shell; what it prints goes to the task's log."""

    def __init__(self, *, command: list[str], environment: dict[str, str], **kwargs):
        super().__init__(**kwargs)
        self.command = command
        self.environment = environment

    def execute(self, context) -> None:
        with subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            self._process = process
            try:
                for line in process.stdout:
                    self.log.info("%s", line.rstrip("\n"))
            except BaseException:  # a timeout: dsc leaves everything whole when it is told to stop
                process.terminate()
                raise
        if process.returncode != 0:
            raise RuntimeError(f"{self.command[0]} ended with exit code {process.returncode}")

    def on_kill(self) -> None:
        process = getattr(self, "_process", None)
        if process is not None:
            process.terminate()


def environment_of(spec: dict, task: dict) -> dict[str, str]:
    return {**spec["environment"], **task["environment"]}


def make_process(spec: dict, task: dict, **kwargs) -> Process:
    return Process(
        command=task["command"] + task["arguments"],
        environment=environment_of(spec, task),
        **kwargs,
    )


def credentials_volume(k8s, credentials: list[dict]):
    """Files CREDENTIAL/KEY. What is missing is for dsc to tell, in better words than a pod that
    never starts: so each secret is optional."""
    sources = [
        k8s.V1VolumeProjection(
            secret=k8s.V1SecretProjection(
                name=credential["secret"],
                items=[
                    k8s.V1KeyToPath(key=key, path=f"{credential['credential']}/{key}")
                    for key in credential["keys"]
                ],
                optional=True,
            )
        )
        for credential in credentials
    ]
    return k8s.V1Volume(
        name="credentials",
        projected=k8s.V1ProjectedVolumeSource(default_mode=0o440, sources=sources),
    )


def api_access_volume(k8s):
    """The token of the pod's service account, where clients look for it."""
    namespace = k8s.V1ObjectFieldSelector(api_version="v1", field_path="metadata.namespace")
    sources = [
        k8s.V1VolumeProjection(
            service_account_token=k8s.V1ServiceAccountTokenProjection(
                path="token", expiration_seconds=3607
            )
        ),
        k8s.V1VolumeProjection(
            config_map=k8s.V1ConfigMapProjection(
                name="kube-root-ca.crt", items=[k8s.V1KeyToPath(key="ca.crt", path="ca.crt")]
            )
        ),
        k8s.V1VolumeProjection(
            downward_api=k8s.V1DownwardAPIProjection(
                items=[k8s.V1DownwardAPIVolumeFile(path="namespace", field_ref=namespace)]
            )
        ),
    ]
    return k8s.V1Volume(
        name="kube-api-access",
        projected=k8s.V1ProjectedVolumeSource(default_mode=0o440, sources=sources),
    )


def pod_volumes(k8s, pod: dict, task: dict) -> tuple[list, list]:
    """The volumes of a task's pod, and where its container finds them."""
    volumes = [
        k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit=pod["scratch"])),
        credentials_volume(k8s, task["credentials"]),
    ]
    mounts = [
        k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
        k8s.V1VolumeMount(name="credentials", mount_path=CREDENTIALS, read_only=True),
    ]
    if task["kubernetes_api"]:
        volumes.append(api_access_volume(k8s))
        mounts.append(
            k8s.V1VolumeMount(name="kube-api-access", mount_path=API_ACCESS, read_only=True)
        )
    return volumes, mounts


@functools.cache
def pod_operator() -> type[BaseOperator]:
    """Made when it is first asked for: without pods, Airflow needs no Kubernetes provider."""
    from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator

    class Pod(KubernetesPodOperator):
        """Nothing that the model says is a template: braces in it stay braces."""

        template_fields = ()

    return Pod


def make_pod(spec: dict, task: dict, **kwargs) -> BaseOperator:
    from kubernetes.client import models as k8s

    pod = spec["pod"]
    volumes, mounts = pod_volumes(k8s, pod, task)
    return pod_operator()(
        name=task["pod_name"],
        namespace=pod["namespace"],
        image=task["image"] or pod["image"],
        image_pull_policy="Always",
        image_pull_secrets=[k8s.V1LocalObjectReference(name) for name in pod["pull_secrets"]],
        cmds=task["command"],
        arguments=task["arguments"],
        env_vars=environment_of(spec, task),
        labels={**pod["labels"], **task["labels"]},
        volumes=volumes,
        volume_mounts=mounts,
        container_resources=k8s.V1ResourceRequirements(**pod["resources"]),
        security_context=k8s.V1PodSecurityContext(
            run_as_non_root=True,
            run_as_user=pod["user"],
            run_as_group=pod["group"],
            fs_group=pod["group"],
            fs_group_change_policy="OnRootMismatch",
            seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
        ),
        container_security_context=k8s.V1SecurityContext(
            allow_privilege_escalation=False,
            read_only_root_filesystem=True,
            run_as_non_root=True,
            run_as_user=pod["user"],
            run_as_group=pod["group"],
            capabilities=k8s.V1Capabilities(drop=["ALL"]),
            seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
        ),
        service_account_name=pod["service_account"],
        automount_service_account_token=False,
        in_cluster=True,
        startup_timeout_seconds=300,
        termination_grace_period=60,
        get_logs=True,
        log_events_on_failure=True,
        do_xcom_push=False,
        on_finish_action="delete_pod",
        **kwargs,
    )


MAKERS = {"pod": make_pod, "process": make_process}


def build(spec: dict, dag: dict) -> DAG:
    assets = [Asset(uri) for uri in dag["after"]]
    built = DAG(
        dag_id=dag["dag_id"],
        description=dag["description"],
        schedule=assets or dag["schedule"],
        start_date=START_DATE,
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=RUN_TIMEOUT,
        is_paused_upon_creation=dag["paused"],
        tags=dag["tags"],
        doc_md=dag["doc_md"],
        default_args={
            "owner": spec["platform"],
            "depends_on_past": False,
            "retries": RETRIES,
            "retry_delay": RETRY_DELAY,
            "retry_exponential_backoff": True,
            "max_retry_delay": MAX_RETRY_DELAY,
            "execution_timeout": TASK_TIMEOUT,
            "on_failure_callback": report_failure,
            "pool": spec["pool"],
            "priority_weight": dag["priority"],
            "weight_rule": "absolute",
        },
    )
    with built:
        tasks = {}
        for task in dag["tasks"]:
            made = MAKERS[spec["runner"]](
                spec,
                task,
                task_id=task["task_id"],
                outlets=[Asset(uri) for uri in task["updates"]],
            )
            tasks[task["task_id"]] = made
            for before in task["after"]:
                tasks[before].set_downstream(made)
    return built


def load(path: Path) -> dict[str, DAG]:
    spec = json.loads(path.read_text(encoding="utf-8"))
    return {dag["dag_id"]: build(spec, dag) for dag in spec["dags"]}


globals().update(load(Path(__file__).with_suffix(".json")))
