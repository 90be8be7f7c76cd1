#!/usr/bin/env python3
"""Makes letters.npy.gz and languages.npy.gz from Unicode's words (see README.md):

    npm pack cldr-annotations-full@48.2.0
    python3 make.py cldr-annotations-full-48.2.0.tgz

then prints the accuracy of logistic regression. Needs NumPy. The same package makes the same files.
"""

import gzip
import io
import json
import re
import sys
import tarfile
import unicodedata

import numpy as np

LANGUAGES = ["en", "de", "fr", "es", "pl"]  # the index in this list is the class
PER_LANGUAGE = 2_500
SHORTEST, LONGEST = 4, 12
SEED = 1


def words(package, language):
    """The distinct words in which a language names emoji, in the letters a to z."""
    member = package.extractfile(f"package/annotations/{language}/annotations.json")
    found = set()
    for emoji in json.load(member)["annotations"]["annotations"].values():
        for phrase in emoji.get("default", []) + emoji.get("tts", []):
            found.update(plain(word) for word in re.findall(r"[^\W\d_]+", phrase))
    return {w for w in found if re.fullmatch("[a-z]{%d,%d}" % (SHORTEST, LONGEST), w)}


def plain(word):
    """Lower case, without accents, which would reveal the language."""
    for letter, letters in {"ß": "ss", "œ": "oe", "æ": "ae"}.items():
        word = word.lower().replace(letter, letters)
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def sample(package, random):
    """Words and classes in random order; words of two languages are left out."""
    all_words = [words(package, language) for language in LANGUAGES]
    chosen = []
    for label, mine in enumerate(all_words):
        others = set().union(*(w for other, w in enumerate(all_words) if other != label))
        own = sorted(mine - others)
        picks = random.choice(len(own), PER_LANGUAGE, replace=False)
        chosen += [(own[pick], label) for pick in picks]
    return [chosen[i] for i in random.permutation(len(chosen))]


def letters(word):
    """The letters as numbers from 1 to 26, padded in front with zeros to LONGEST."""
    return [0] * (LONGEST - len(word)) + [ord(c) - ord("a") + 1 for c in word]


def write(path, array):
    """NumPy's format in gzip, without time or name: the same bytes every time."""
    buffer = io.BytesIO()
    np.save(buffer, array)
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(buffer.getvalue())


def baseline(examples, counted, rows=10_000):
    """Accuracy on the rows after the first `rows` of logistic regression on the counts."""
    names = {name: i for i, name in enumerate(sorted({n for w, _ in examples for n in counted(w)}))}
    x = np.zeros((len(examples), len(names) + 1))
    x[:, -1] = 1
    for row, (word, _) in enumerate(examples):
        for name in counted(word):
            x[row, names[name]] += 1
    y = np.array([label for _, label in examples])
    wanted = np.eye(len(LANGUAGES))[y[:rows]]
    weights = np.zeros((x.shape[1], len(LANGUAGES)))
    velocity = np.zeros_like(weights)
    for _ in range(500):
        scores = np.exp(x[:rows] @ weights)
        guess = scores / scores.sum(axis=1, keepdims=True)
        gradient = x[:rows].T @ (guess - wanted) / rows + 1e-4 * weights
        velocity = 0.9 * velocity - 0.2 * gradient
        weights += velocity
    return np.mean(np.argmax(x[rows:] @ weights, axis=1) == y[rows:])


def main():
    with tarfile.open(sys.argv[1]) as package:
        examples = sample(package, np.random.RandomState(SEED))
    write("letters.npy.gz", np.array([letters(word) for word, _ in examples], np.uint8))
    write("languages.npy.gz", np.array([label for _, label in examples], np.uint8))
    for word, label in examples[:10]:
        print(LANGUAGES[label], word)
    print(f"logistic regression on letter counts: {baseline(examples, list):.3f}")
    pairs = lambda word: [a + b for a, b in zip(" " + word, word + " ")]
    print(f"logistic regression on counts of letter pairs: {baseline(examples, pairs):.3f}")


if __name__ == "__main__":
    main()
