"""The Kubernetes objects of a platform: what they refer to exists, every pod satisfies Pod Security
"restricted" and what production teams ask besides, and the network policies, DAGs and runbooks speak of
the same pods, secrets and streams.

The models are those that ship, and those of tests/fixtures/artifacts; one more is made here, to see that
a new stream changes one DAG file.
"""

import json
import os
import pathlib
import re
import tempfile

import yaml

from artifacts import check, render

SOURCE = pathlib.Path(os.environ["DSC_SOURCE"])
MODELS = [SOURCE / "models" / "starter", SOURCE / "models" / "northwind"] + [
    SOURCE / "tests" / "fixtures" / "artifacts" / name for name in ("plain", "hostile")
]

PODS_OF = {
    "Deployment": lambda spec: spec["template"],
    "StatefulSet": lambda spec: spec["template"],
    "Job": lambda spec: spec["template"],
    "CronJob": lambda spec: spec["jobTemplate"]["spec"]["template"],
}
ALLOWED_VOLUMES = {"emptyDir", "projected", "secret", "configMap", "persistentVolumeClaim"}
CONFIG_MAP_LIMIT = 1 << 20


def text_of(path):
    return path.read_text(encoding="utf-8")


def load(path):
    return list(yaml.load_all(text_of(path), yaml.CSafeLoader)) if path.exists() else []


class Platform:
    """One platform's folders, read."""

    def __init__(self, folder):
        self.folder = folder
        self.bootstrap = load(folder / "bootstrap" / "kubernetes-bootstrap.yaml")
        self.pipeline = load(folder / "pipeline" / "pipeline.yaml")
        self.objects = self.bootstrap + self.pipeline
        (namespace,) = self.of_kind("Namespace")
        self.namespace = namespace["metadata"]["name"]
        self.config_maps = {name(each): each["data"] for each in self.of_kind("ConfigMap")}
        self.generated = {}
        for part in ("bootstrap", "pipeline"):
            self.read_kustomization(folder / part)
        self.secrets = expected_secrets(text_of(folder / "bootstrap" / "README.md"))
        self.dag_files = sorted(folder.glob("*/dags/*.json"))
        self.dags = [json.loads(text_of(path)) for path in self.dag_files]
        self.templates = {
            f"{each['kind']}/{name(each)}": PODS_OF[each["kind"]](each["spec"])
            for each in self.objects
            if each["kind"] in PODS_OF
        }

    def of_kind(self, *kinds):
        return [each for each in self.objects if each["kind"] in kinds]

    def read_kustomization(self, folder):
        (kustomization,) = load(folder / "kustomization.yaml")
        for resource in kustomization.get("resources", []):
            check((folder / resource).is_file(), folder, resource)
        for each in kustomization.get("configMapGenerator", []):
            check(each["options"]["disableNameSuffixHash"] is True, each["name"])
            files = {pathlib.Path(file).name: text_of(folder / file) for file in each["files"]}
            check(each["name"] not in self.generated, each["name"])
            self.generated[each["name"]] = files

    def pod_labels(self):
        """The labels of every pod that there will be: of templates, and of the tasks of DAGs."""
        for template in self.templates.values():
            yield template["metadata"]["labels"]
        for file in self.dags:
            if file["runner"] == "pod":
                for dag in file["dags"]:
                    for task in dag["tasks"]:
                        yield {**file["pod"]["labels"], **task["labels"]}
                if not file["dags"]:
                    yield file["pod"]["labels"]


def name(each):
    return each["metadata"]["name"]


def expected_secrets(readme):
    """The table of secrets of the runbook: its keys by name."""
    section = readme.split("\n## Secrets\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]*) \|", section, re.MULTILINE)
    return {secret: set(keys.replace("\\", "").split(", ")) for secret, keys in rows}


# ---- pods


def check_restricted(where, template, spec, container):
    pod, own = spec["securityContext"], container["securityContext"]
    for security in (pod, own):
        check(security["runAsNonRoot"] is True, where)
        check(security["runAsUser"] >= 10000, where, "user", security["runAsUser"])
        check(security["runAsGroup"] >= 10000 or security["runAsGroup"] == 0, where)
        check(security["seccompProfile"] == {"type": "RuntimeDefault"}, where)
    if own["runAsGroup"] == 0:
        check("airflow" in container["image"], where, "runs with group 0")
    check(own["allowPrivilegeEscalation"] is False, where)
    check(own["readOnlyRootFilesystem"] is True, where)
    check(own["capabilities"] == {"drop": ["ALL"]}, where)
    check(container["imagePullPolicy"] == "Always", where)
    for kind in ("requests", "limits"):
        check({"cpu", "memory", "ephemeral-storage"} == set(container["resources"][kind]), where)
    for variable in container.get("env", []):
        check("secretKeyRef" not in str(variable), where, variable)
        if re.search("PASSWORD|SECRET|TOKEN|_KEY", variable["name"]):
            check(variable["name"].endswith(("_FILE", "_CMD", "_DIR")), where, variable)
    check("envFrom" not in container, where)


def check_probes(where, kind, container):
    if kind in ("Job", "CronJob"):
        return
    check(container["readinessProbe"] != container["livenessProbe"], where)
    ports = {port["name"] for port in container.get("ports", [])}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        for how in ("httpGet", "tcpSocket"):
            if how in container.get(probe, {}):
                check(container[probe][how]["port"] in ports, where, probe)


def check_volumes(platform, where, spec, claims):
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    containers = spec["containers"] + spec.get("initContainers", [])
    mounts = [mount for container in containers for mount in container["volumeMounts"]]
    check({mount["name"] for mount in mounts} == set(volumes) | claims, where, "mounts and volumes")
    for container in containers:
        paths = [mount["mountPath"] for mount in container["volumeMounts"]]
        check(len(paths) == len(set(paths)), where, paths)
    for volume in volumes.values():
        (kind,) = set(volume) - {"name"}
        check(kind in ALLOWED_VOLUMES, where, kind)
        if kind == "secret":
            check(volume[kind]["secretName"] in platform.secrets, where, volume)
        if kind == "persistentVolumeClaim":
            found = {name(each) for each in platform.of_kind("PersistentVolumeClaim")}
            check(volume[kind]["claimName"] in found, where, volume)
        for source in volume.get("projected", {}).get("sources", []):
            check_source(platform, where, source)


def check_source(platform, where, source):
    ((kind, said),) = source.items()
    if kind == "secret":
        check(said["name"] in platform.secrets, where, said)
        keys = {item["key"] for item in said["items"]}
        check(keys <= platform.secrets[said["name"]], where, said, platform.secrets[said["name"]])
    if kind == "configMap" and said["name"] != "kube-root-ca.crt":
        known = set(platform.config_maps) | set(platform.generated)
        check(said["name"] in known or said.get("optional"), where, said)


def check_pods(platform):
    accounts = {name(each) for each in platform.of_kind("ServiceAccount")}
    for each in platform.objects:
        if each["kind"] not in PODS_OF:
            continue
        where = f"{platform.namespace}: {each['kind']}/{name(each)}"
        template = PODS_OF[each["kind"]](each["spec"])
        spec = template["spec"]
        check(spec["serviceAccountName"] in accounts, where)
        check(spec["automountServiceAccountToken"] is False, where)
        check("fsGroup" in spec["securityContext"], where)
        claims = {claim["metadata"]["name"] for claim in each["spec"].get("volumeClaimTemplates", [])}
        check_volumes(platform, where, spec, claims)
        for container in spec["containers"] + spec.get("initContainers", []):
            check_restricted(f"{where}/{container['name']}", template, spec, container)
        for container in spec["containers"]:
            check_probes(f"{where}/{container['name']}", each["kind"], container)
    for account in platform.of_kind("ServiceAccount"):
        check(account["automountServiceAccountToken"] is False, name(account))


# ---- objects around them


def matches(selector, labels):
    return selector.get("matchLabels", {}).items() <= labels.items()


def check_selectors(platform):
    labels = list(platform.pod_labels())
    for each in platform.of_kind("Service"):
        found = [
            template
            for template in platform.templates.values()
            if each["spec"]["selector"].items() <= template["metadata"]["labels"].items()
        ]
        check(len(found) == 1, name(each), "selects", len(found))
        ports = {
            port["name"]: port["containerPort"]
            for container in found[0]["spec"]["containers"]
            for port in container.get("ports", [])
        }
        for port in each["spec"]["ports"]:
            check(ports[port["targetPort"]] == port["port"], name(each), port)
    for each in platform.of_kind("Deployment", "StatefulSet"):
        template = each["spec"]["template"]["metadata"]["labels"]
        check(matches(each["spec"]["selector"], template), name(each))
    for each in platform.of_kind("PodDisruptionBudget"):
        check(any(matches(each["spec"]["selector"], one) for one in labels), name(each))
    for each in platform.of_kind("NetworkPolicy"):
        spec = each["spec"]
        check(any(matches(spec["podSelector"], one) for one in labels), name(each))
        for rule in spec.get("ingress", []) + spec.get("egress", []):
            peers = rule.get("from") or rule.get("to")
            check(peers and rule["ports"], name(each), "has a rule without peers or ports")
            for peer in peers:
                if set(peer) == {"podSelector"}:
                    check(any(matches(peer["podSelector"], one) for one in labels), name(each), peer)


def check_replicas(platform):
    budgets = {name(each) for each in platform.of_kind("PodDisruptionBudget")}
    services = {name(each): each for each in platform.of_kind("Service")}
    for each in platform.of_kind("Deployment", "StatefulSet"):
        many = each["spec"]["replicas"] > 1
        check(many == (name(each) in budgets), name(each), "and its disruption budget")
        check(many == ("affinity" in each["spec"]["template"]["spec"]), name(each))
        if each["kind"] == "StatefulSet":
            service = services[each["spec"]["serviceName"]]
            check(service["spec"]["clusterIP"] == "None", name(each))
            retained = {"whenDeleted": "Retain", "whenScaled": "Retain"}
            check(each["spec"]["persistentVolumeClaimRetentionPolicy"] == retained, name(each))
    for each in platform.of_kind("Job", "CronJob"):
        spec = each["spec"] if each["kind"] == "Job" else each["spec"]["jobTemplate"]["spec"]
        check({"backoffLimit", "activeDeadlineSeconds"} <= set(spec), name(each))


def check_rights(platform):
    for each in platform.of_kind("Role"):
        check("*" not in str(each["rules"]), name(each))
    roles = {name(each) for each in platform.of_kind("Role")}
    accounts = {name(each) for each in platform.of_kind("ServiceAccount")}
    for each in platform.of_kind("RoleBinding"):
        check(each["roleRef"]["name"] in roles, name(each))
        for subject in each["subjects"]:
            check(subject["name"] in accounts, name(each))
            check(subject["namespace"] == platform.namespace, name(each))


def check_objects(platform):
    seen = set()
    for each in platform.objects:
        key = (each["apiVersion"], each["kind"], name(each))
        check(key not in seen, key, "is there twice")
        seen.add(key)
        check(re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", name(each)), key)
        check(len(name(each)) <= 63, key)
        check(each["kind"] != "Secret", key)
        if each["kind"] != "Namespace":
            check(each["metadata"]["namespace"] == platform.namespace, key)
        labels = each["metadata"]["labels"]
        check(labels["app.kubernetes.io/managed-by"] == "dsc", key)
        for value in labels.values():
            check(re.fullmatch(r"([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?", value), key, value)
            check(len(value) <= 63, key, value)
    (namespace,) = platform.of_kind("Namespace")
    labels = namespace["metadata"]["labels"]
    check(labels["pod-security.kubernetes.io/enforce"] == "restricted")
    (deny,) = [each for each in platform.bootstrap if name(each) == "default-deny"]
    check(deny["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}, deny)


# ---- DAGs


def check_dag_config_maps(platform):
    """Every DAG file is in one ConfigMap, which the DAG processor and the scheduler mount."""
    shards = [each for each in platform.generated if re.search(r"-dags-\d+$", each)]
    files = [file for files in platform.generated.values() for file in files]
    check(len(files) == len(set(files)), "a DAG file is in two ConfigMaps")
    written = {path.name for path in platform.folder.glob("*/dags/*")}
    check(set(files) == written, set(files) ^ written)
    for each in platform.generated:
        size = sum(len(text.encode()) for text in platform.generated[each].values())
        check(size < CONFIG_MAP_LIMIT, each, size)
    for each in platform.of_kind("Deployment"):
        volumes = each["spec"]["template"]["spec"]["volumes"]
        for volume in volumes:
            if volume["name"] == "dag-files":
                sources = [source["configMap"] for source in volume["projected"]["sources"]]
                check(all(source["optional"] for source in sources), name(each))
                check({source["name"] for source in sources} >= set(shards), name(each))


def check_dag_files(platform):
    accounts = {name(each) for each in platform.of_kind("ServiceAccount")}
    module = text_of(SOURCE / "templates" / "airflow" / "dags.py")
    for path, file in zip(platform.dag_files, platform.dags):
        check(text_of(path.with_suffix(".py")) == module, path)
        if file["runner"] == "pod":
            check(file["pod"]["service_account"] in accounts, path)
            check(file["pod"]["namespace"] == platform.namespace, path)
        for dag in file["dags"]:
            done = set()
            for task in dag["tasks"]:
                check(set(task["after"]) <= done, dag["dag_id"])
                done.add(task["task_id"])
                opens = task["environment"]["DSC_DATABASE_CREDENTIAL"]
                check(opens in [each["credential"] for each in task["credentials"]], dag["dag_id"])
                for credential in task["credentials"]:
                    keys = platform.secrets[credential["secret"]]
                    check(set(credential["keys"]) == keys, dag["dag_id"], credential)


def check_streams(platform):
    """A DAG for each stream that has a plan, which merges it; what DAGs wait for is told by others."""
    merged, told, awaited = set(), set(), set()
    for file in platform.dags:
        for dag in file["dags"]:
            awaited.update(dag["after"])
            check(dag["after"] == sorted(set(dag["after"])), dag["dag_id"])
            for task in dag["tasks"]:
                told.update(task["updates"])
                if task["arguments"][:1] == ["merge"]:
                    stream = task["arguments"][task["arguments"].index("--stream") + 1]
                    check(stream not in merged, stream)
                    merged.add(stream)
    plans = {path.stem for path in (platform.folder / "pipeline" / "plans").glob("*.json")}
    check(merged == plans, merged ^ plans)
    check(awaited <= told, awaited - told)


# ---- secrets and runbooks


def check_connect_secret(platform):
    """Every file that a connector or a worker reads is put into the Secret by the runbooks."""
    wanted = set()
    texts = [text_of(path) for path in (platform.folder / "pipeline" / "connectors").glob("*.json")]
    texts += [value for data in platform.config_maps.values() for value in data.values()]
    for text in texts:
        wanted.update(re.findall(r"\$\{dir:/run/secrets/connect:([^}]*)\}", text))
    if not any(name(each) == "connect" for each in platform.of_kind("Deployment")):
        return
    for folder in ("bootstrap", "pipeline"):
        readme = text_of(platform.folder / folder / "README.md")
        given = set(re.findall(r"--from-file='?([^=\s']+)'?=", readme))
        check(wanted <= given, folder, "does not tell of", wanted - given)


def check_environment(platform):
    """secrets.env.example has every key of every credential, and no value."""
    example = text_of(platform.folder / "bootstrap" / "secrets.env.example")
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]
    for line in lines:
        check(re.fullmatch(r"[A-Z][A-Z0-9_]*=", line), line)
    check(len(lines) == len(set(lines)), "a variable is there twice")


def check_readmes(platform):
    for folder in ("bootstrap", "pipeline"):
        readme = text_of(platform.folder / folder / "README.md")
        check("@{" not in readme, folder)
        fences = re.findall(r"^\s*`{3,}", readme, re.MULTILINE)
        check(len(fences) % 2 == 0, folder, "has a fence that does not end")


CHECKS = (
    check_objects,
    check_pods,
    check_selectors,
    check_replicas,
    check_rights,
    check_dag_config_maps,
    check_dag_files,
    check_streams,
    check_connect_secret,
    check_environment,
    check_readmes,
)


# ---- a new stream changes one DAG file

COMPANY = """\
kind: Ecosystem
name: acme
owner: github:acme/model@main
live: github:acme/model@live
zones: {usa: github:acme/usa@main}
---
{kind: Zone, name: usa, teams: {crm: github:acme/crm@main}}
---
{kind: Credential, name: key, type: user_password}
---
{kind: Container, name: db, type: postgres, host: db.example, database: db, cidr: 10.0.0.1/32}
---
kind: DataPlatform
name: p
type: KubernetesPGStarter
size: small
namespace: acme
streams_per_file: 4
postgres: {name: merge, credential: key}
airflow: {credential: key}
images: {dsc: dsc, airflow: airflow, postgres: postgres}
---
kind: Assignment
workspace: w
group: g
platforms: [p]
"""


def make_model(folder, stores):
    folder.mkdir()
    (folder / "dsc.yaml").write_text("language: 1\n")
    documents = [COMPANY]
    documents += [
        f"""\
kind: Datastore
name: {store}
team: usa/crm
capture: {{sql_snapshot: {{container: db, credential: key}}}}
datasets: {{t: {{columns: {{id: bigint primary key}}}}}}
"""
        for store in stores
    ]
    used = ", ".join(f"{store}.t" for store in stores)
    documents.append(
        f"kind: Workspace\nname: w\nteam: usa/crm\ngroups: {{g: {{datasets: [{used}]}}}}\n"
    )
    (folder / "model.yaml").write_text("---\n".join(documents))


def dag_files(scratch, label, stores):
    make_model(scratch / f"{label}-model", stores)
    render(scratch / f"{label}-model", scratch / label)
    return {
        path.name: {dag["dag_id"] for dag in json.loads(text_of(path))["dags"]}
        for path in (scratch / label / "p" / "pipeline" / "dags").glob("*.json")
    }


def check_stability(scratch):
    stores = [f"store_{number}" for number in range(40)]
    before = dag_files(scratch, "before", stores)
    check(len(before) == 16, sorted(before))
    check(sum(map(len, before.values())) == len(stores))

    after = dag_files(scratch, "after", stores + ["a_new_one"])
    changed = [file for file in after if after[file] != before[file]]
    check(len(changed) == 1, "a new stream changes", changed)

    doubled = dag_files(scratch, "doubled", stores + [f"more_{number}" for number in range(30)])
    check(len(doubled) == 32, sorted(doubled))
    moved = {dag for file in before for dag in before[file] - doubled[file]}
    check(0 < len(moved) < 30, len(moved), "streams of 40 moved")
    for dag in moved:
        (old,) = [file for file in before if dag in before[file]]
        (new,) = [file for file in doubled if dag in doubled[file]]
        number = [int(re.search(r"_(\d+)\.json$", file)[1]) for file in (old, new)]
        check(number[1] == number[0] + 16, dag, "went from", old, "to", new)


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for number, model in enumerate(MODELS):
            output = scratch / str(number)
            render(model, output)
            for each in sorted(output.iterdir()):
                platform = Platform(each)
                for test in CHECKS:
                    test(platform)
                print(f"{model.name}/{each.name}: {len(platform.objects)} objects")
        check_stability(scratch)


if __name__ == "__main__":
    main()
