"""Any seq2seq checkpoint in place of the bundled one: BART, PEGASUS, T5, LED, PRIMERA, or one of your own.

    python examples/custom_model.py facebook/bart-large-cnn     # a hub's name: downloaded at first use
    python examples/custom_model.py checkpoints/my-bart         # a folder, as save_pretrained leaves it
    python examples/custom_model.py                             # a tiny untrained BART, made on the spot, offline

What such a model writes is attributed and checked line by line, and a line that no article supports is replaced by
a sentence of theirs, marked or left out. The untrained model shows it at its plainest: all that it writes is nonsense.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import newsum
from newsum import Summariser

STORIES = Path(__file__).parent / "stories"
SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}  # ids 0 to 3
LOREM = """lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt ut labore et dolore
magna aliqua enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat ."""

UNTRAINED = """No model was named, so a tiny BART with random weights is made. Such a model writes nonsense, and newsum
therefore replaces its lines by source sentences, or, where it is asked to keep them, marks them."""


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", help="a hub's name, or a folder; default: a tiny untrained BART")
    parser.add_argument("--story", type=Path, default=STORIES / "treaty", help="a folder of articles")
    parser.add_argument("--words", type=int, default=60)
    chosen = parser.parse_args(args)
    articles = newsum.read(chosen.story)

    with tempfile.TemporaryDirectory() as folder:
        if chosen.model is None:
            print(UNTRAINED)
        model = chosen.model or untrained_bart(Path(folder) / "untrained-bart")

        print('\n=== unsupported="flag": what the model wrote, and what newsum found of it ===\n')
        flagged = Summariser(model, unsupported="flag").summarise(articles, words=chosen.words)
        print(flagged)

        print('\n=== unsupported="replace", the default: the brief that a reader gets ===\n')
        replaced = Summariser(model, unsupported="replace").summarise(articles, words=chosen.words)
        print(replaced)

    written = sum(line.origin == "model" for line in replaced.lines)
    print(f"\n{written} of {len(replaced.lines)} lines are the model's own words; the others are source sentences.")
    writer = replaced.provenance["writer"]
    print(f"Model: {writer['name']}, revision {writer['revision']}")
    failures = replaced.verify(articles)
    print("Not verified." if failures else "Verified: every receipt holds.")


def untrained_bart(folder: Path) -> Path:
    """A BART small enough to make in a second, with a vocabulary that no news is written in."""
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    transformers.logging.disable_progress_bar()
    ids = {token: n for n, token in enumerate([*SPECIAL.values(), *LOREM.split()])}
    words = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=words, **SPECIAL)
    config = transformers.BartConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=512,
        init_std=0.35,  # many times the usual: with that, an untrained model writes one word over and over
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    transformers.set_seed(0)
    transformers.BartForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    try:
        main()
    except newsum.NewsumError as error:
        sys.exit(f"error: {error}")
