"""What is found, what is refused, and what the refusal says to do. No network is used."""

import json
import shlex
import subprocess
import sys
from types import SimpleNamespace

import pytest
from extras import need

from newsum.errors import CheckpointError, SettingsError
from newsum.generation import GenerationSettings, checkpoints, load

SHORT = GenerationSettings(max_tokens=6)
TEXTS = ["The two countries signed a treaty on mutual defense on Monday."]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSUM_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def bart(tmp_path_factory):
    need("torch")
    import tiny_models

    return tiny_models.build("bart", tmp_path_factory.mktemp("bart") / "it's tiny")


@pytest.fixture
def copy(bart, tmp_path):
    """A function that copies the checkpoint without some of its files."""

    def made(*without):
        folder = tmp_path / "it's a copy"
        folder.mkdir()
        for file in bart.iterdir():
            if file.name not in without:
                (folder / file.name).write_bytes(file.read_bytes())
        return folder

    return made


def pickled(bart, folder, name):
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(bart / "model.safetensors"), folder / name)
    return folder


def edit(path, **values):
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt"])
def test_pickled_weights_are_refused_with_a_command_that_converts_them(bart, copy, name):
    folder = pickled(bart, copy("model.safetensors"), name)
    with pytest.raises(CheckpointError, match="only pickled weights") as refusal:
        load(folder)
    command = shlex.split(str(refusal.value).split("with:  ")[1])
    assert command[:2] == ["python", "-c"]
    subprocess.run([sys.executable, *command[1:]], check=True, capture_output=True)
    assert load(folder).generate(TEXTS, SHORT) == load(bart).generate(TEXTS, SHORT)


def test_pickled_weights_beside_safetensors_are_left_alone(bart, copy):
    folder = copy()
    (folder / "pytorch_model.bin").write_bytes(b"never opened")
    assert load(folder).checkpoint.window == 64


def test_only_tensorflow_weights_are_refused_with_what_to_do(copy):
    folder = copy("model.safetensors")
    (folder / "tf_model.h5").write_bytes(b"")
    with pytest.raises(CheckpointError, match="TensorFlow or Flax"):
        load(folder)


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_a_checkpoint_with_code_of_its_own_is_refused(copy, file):
    folder = copy()
    edit(folder / file, auto_map={"AutoModelForSeq2SeqLM": "modeling.Evil"})
    (folder / "modeling.py").write_text("raise SystemExit('ran')")
    with pytest.raises(CheckpointError, match="brings code of its own"):
        load(folder)


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (["config.json"], "has no config.json"),
        (["model.safetensors"], "has no weights"),
        (["tokenizer.json"], "has no tokenizer"),
    ],
)
def test_a_folder_that_lacks_a_part_is_refused_by_what_it_lacks(copy, without, said):
    with pytest.raises(CheckpointError, match=said):
        load(copy(*without))


def test_a_config_that_is_not_json_is_named(copy):
    folder = copy()
    (folder / "config.json").write_text("{")
    with pytest.raises(CheckpointError, match=r"config\.json cannot be read as JSON"):
        load(folder)


@pytest.mark.parametrize("kind", ["bert", "gpt2"])
def test_a_model_that_writes_no_text_is_named_by_its_kind(copy, kind):
    folder = copy()
    edit(folder / "config.json", model_type=kind)
    with pytest.raises(CheckpointError, match=f"is a {kind} model, and newsum needs one that writes text"):
        load(folder)


def test_weights_that_do_not_belong_to_the_config_are_refused(copy):
    folder = copy()
    edit(folder / "config.json", decoder_layers=3)
    with pytest.raises(CheckpointError, match="are missing"):
        load(folder)
    edit(folder / "config.json", decoder_layers=2, d_model=16)
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        load(folder)


def test_a_damaged_weights_file_is_refused(copy):
    folder = copy()
    (folder / "model.safetensors").write_bytes(b"\x08" + bytes(40))
    with pytest.raises(CheckpointError, match=r"weights of .* cannot be loaded"):
        load(folder)


def test_a_tokenizer_of_another_model_is_refused(copy, tmp_path):
    folder = copy()
    import tiny_models

    other = tiny_models.build("t5", tmp_path / "t5")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((other / name).read_bytes())
    with pytest.raises(CheckpointError, match=r"has \d+ tokens and the model 400"):
        load(folder)


@pytest.mark.parametrize("model", ["./nowhere", "/no/such/folder", "a/b/c", "two words"])
def test_a_folder_that_is_not_there_is_named(model):
    with pytest.raises(CheckpointError, match="there is no folder"):
        load(model)


@pytest.mark.parametrize(
    ("model", "meant"),
    [("newsum-135", "newsum-135m"), ("./bart-bass", "bart-base"), ("checkpoints/bart_base", "checkpoints/bart-base")],
)
def test_a_name_that_is_nearly_one_at_hand_is_answered_with_that(bart, monkeypatch, tmp_path, model, meant):
    for place in ("bart-base", "checkpoints/bart-base"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).symlink_to(bart)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckpointError, match=f"there is no folder {model}.*did you mean {meant}\\?"):
        load(model)


def test_a_file_is_answered_with_its_folder(bart):
    with pytest.raises(CheckpointError, match="pass the folder that it lies in"):
        load(bart / "config.json")


def test_the_bundled_model_of_earlier_versions_is_answered_with_what_replaced_it(bart, monkeypatch, tmp_path):
    (tmp_path / "mini").symlink_to(bart)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckpointError) as refusal:
        load("mini")
    assert str(refusal.value) == 'model="mini" is gone: pass "newsum-135m", or no model'
    assert checkpoints.locate("./mini").config["model_type"] == "bart"


def test_a_revision_follows_the_weights_and_not_the_place(bart, copy):
    folder = copy()
    (folder / "notes.md").write_text("not a part of the model")
    first = checkpoints.locate(bart).revision
    assert first.startswith("sha256:")
    assert checkpoints.locate(folder).revision == first
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-3] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    assert checkpoints.locate(folder).revision != first


class FakeHub:
    """Answers for a hub from a folder, or raises what the hub would."""

    def __init__(self, folder=None, files=(), failure=None):
        self.folder, self.files, self.failure = folder, files, failure

    def model_info(self, name, timeout):
        if self.failure is not None:
            raise self.failure
        return SimpleNamespace(sha="c0ffee", siblings=[SimpleNamespace(rfilename=file) for file in self.files])


def use_hub(monkeypatch, hub, download):
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub, "HfApi", lambda: hub)
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", download)


def refusal(kind):
    """One of the hub's errors, made without the HTTP response that it wants."""
    import huggingface_hub.errors

    made = getattr(huggingface_hub.errors, kind)
    return made.__new__(made, "no")


def test_a_hub_checkpoint_is_pinned_to_its_commit(bart, monkeypatch, tmp_path):
    snapshot = tmp_path / "c0ffee"
    snapshot.symlink_to(bart)
    asked = []

    def download(name, file, revision, local_files_only):
        asked.append((name, file, revision, local_files_only))
        return str(snapshot / file)

    use_hub(monkeypatch, FakeHub(files=["model.safetensors"]), download)
    found = checkpoints.locate("some/model")
    assert (found.source, found.revision, found.commit, found.cached) == ("some/model", "c0ffee", "c0ffee", False)
    assert asked[0] == ("some/model", "config.json", "c0ffee", False)


def test_a_hub_checkpoint_is_fetched_file_by_file_and_written_with(bart, monkeypatch, tmp_path):
    snapshot = tmp_path / "c0ffee"
    snapshot.symlink_to(bart)

    def download(name, file, revision, local_files_only):
        if not (snapshot / file).exists():
            raise refusal("EntryNotFoundError")
        return str(snapshot / file)

    use_hub(monkeypatch, FakeHub(files=["model.safetensors"]), download)
    model = load("some/model")
    assert (model.engine, model.revision) == ("ctranslate2 int8", "c0ffee")
    assert model.generate(TEXTS, SHORT) == load(bart).generate(TEXTS, SHORT)


def test_a_hub_checkpoint_with_pickled_weights_only_is_refused_before_any_download(monkeypatch):
    use_hub(monkeypatch, FakeHub(files=["config.json", "pytorch_model.bin"]), None)
    with pytest.raises(CheckpointError, match=r"save_pretrained\('model'\)|save_pretrained\('\"'\"'model"):
        checkpoints.locate("some/model")


def test_an_unknown_hub_name_and_an_unreachable_hub_are_told_apart(monkeypatch):
    use_hub(monkeypatch, FakeHub(failure=refusal("RepositoryNotFoundError")), None)
    with pytest.raises(CheckpointError, match="no such model on the hub: check the name"):
        checkpoints.locate("some/model")

    def not_downloaded(name, file, revision, local_files_only):
        assert local_files_only
        raise refusal("LocalEntryNotFoundError")

    use_hub(monkeypatch, FakeHub(failure=ConnectionError("down")), not_downloaded)
    with pytest.raises(CheckpointError, match="the hub could not be reached"):
        checkpoints.locate("some/model")


def test_without_the_hub_an_earlier_download_is_used(bart, monkeypatch, tmp_path):
    snapshot = tmp_path / "c0ffee"
    snapshot.symlink_to(bart)
    use_hub(monkeypatch, FakeHub(failure=ConnectionError("down")), lambda name, file, **_: str(snapshot / file))
    found = checkpoints.locate("some/model")
    assert (found.revision, found.cached) == ("c0ffee", True)


@pytest.mark.parametrize("device", ["gpu", "cuda:99", "meta", 3])
def test_a_device_that_is_not_there_is_refused_by_name(bart, device):
    with pytest.raises(SettingsError, match=f"device={device!r} cannot be used"):
        load(bart, device=device)


def test_an_unknown_backend_is_answered_with_those_there_are(bart):
    with pytest.raises(SettingsError, match='use "auto", "ctranslate2" or "torch"'):
        load(bart, backend="jax")


def test_importing_the_package_loads_no_backend():
    heavy = "{'torch', 'transformers', 'huggingface_hub', 'ctranslate2', 'numpy', 'tokenizers'}"
    code = f"import sys, newsum.generation; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
