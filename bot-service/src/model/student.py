"""Teaches a student of the shipped English model: student.py SHIPPED TEXTS OUT

SHIPPED is a folder with the model's ONNX file and tokenizer, TEXTS the output of texts.py, OUT the file that
bot-service reads (its form stands in Student.java). Ended and started again, it goes on from OUT.pt, with other texts;
with --earlier it starts from a student that is made already.
"""
import argparse
import gzip
import os
import struct
import time
import zlib

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tokenizers import Tokenizer

from texts import held, long

NAME = 'bge-small-en-v1.5-q'
KEPT = (0, 2, 6, 7, 8, 9, 10, 11)
# The share of batches, among those with rounding, of texts typed in a hurry.
IN_A_HURRY = .3
SIZE, HEADS, HIGHEST = 384, 12, 64
MATRICES = ('attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense',
            'intermediate.dense', 'output.dense')
VECTORS = ('attention.self.query.bias', 'attention.self.key.bias', 'attention.self.value.bias',
           'attention.output.dense.bias', 'attention.output.LayerNorm.weight', 'attention.output.LayerNorm.bias',
           'intermediate.dense.bias', 'output.dense.bias', 'output.LayerNorm.weight', 'output.LayerNorm.bias')

p = argparse.ArgumentParser()
p.add_argument('shipped')
p.add_argument('texts')
p.add_argument('out')
p.add_argument('--earlier', help='the file of a student to teach further, with rounding alone')
p.add_argument('--free', type=int, default=800, help='steps without rounding')
p.add_argument('--rounded', type=int, default=7000, help='steps with weights rounded as they will ship')
p.add_argument('--rate', type=float, default=2e-4, help='of learning with rounding, at its highest')
p.add_argument('--step', type=int, default=2, help='of a weight, in those of the shipped one')
p.add_argument('--tokens', type=int, default=1536, help='in a batch')


class Shipped:
    """The weights of the shipped file, in whole numbers with a scale for each column."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.tensors = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self.weights = {}
        for node in graph.node:
            if node.op_type == 'MatMulInteger':
                made = node.output[0]
                self.weights[made[1:made.rindex('/')].replace('/', '.')] = node.input[1][:-len('_quantized')]

    def matrix(self, name):
        plain = self.weights[name]
        whole = torch.from_numpy(self.tensors[plain + '_quantized'].astype(np.float32))
        return whole, torch.from_numpy(np.array(self.tensors[plain + '_scale'], np.float32))

    def vector(self, name):
        return torch.from_numpy(np.array(self.tensors[name], np.float32))

    def table(self, name):
        name = f'embeddings.{name}_embeddings.weight'
        zero = self.tensors[name + '_zero_point'].astype(np.float32)
        return torch.from_numpy((self.tensors[name + '_quantized'].astype(np.float32) - zero) * self.tensors[name + '_scale'])

    def layer(self, number):
        prefix = f'encoder.layer.{number}.'
        made = {name: self.vector(prefix + name) for name in VECTORS}
        for name in MATRICES:
            whole, scale = self.matrix(prefix + name)
            made[name] = whole * scale
        return made


class Embeddings:
    def __init__(self, shipped):
        self.words, self.places = shipped.table('word'), shipped.table('position')
        self.type = shipped.table('token_type')[0]
        self.weight = shipped.vector('embeddings.LayerNorm.weight')
        self.bias = shipped.vector('embeddings.LayerNorm.bias')

    def __call__(self, pieces):
        states = self.words[pieces] + self.type + self.places[:pieces.shape[1]]
        return F.layer_norm(states, (SIZE,), self.weight, self.bias, 1e-12)


def dense(states, layer, name):
    return states @ layer[name] + layer[name + '.bias']


def as_it_is(states):
    return states


def eight_bits(states):
    """As onnxruntime rounds what it multiplies: each text by its own least and most."""
    with torch.no_grad():
        least, most = states.amin((1, 2), True).clamp(max=0).float(), states.amax((1, 2), True).clamp(min=0).float()
        unit = (most - least) / 255
        zero = torch.round(-least / unit)
    return Rounded.apply(states.float(), 0, unit, -zero, 255 - zero)


def norm(states, layer, name):
    return F.layer_norm(states, (SIZE,), layer[name + '.weight'], layer[name + '.bias'], 1e-12)


def run(states, layer, last, rounding):
    batch, length, _ = states.shape
    coarse = rounding(states)
    query, key, value = (dense(coarse, layer, name).view(batch, length, HEADS, -1).transpose(1, 2)
                         for name in MATRICES[:3])
    if last:
        # Of the last layer nothing but the start piece is looked at.
        query, states = query[:, :, :1], states[:, :1]
    # Written out: what torch has for it is ten times slower backwards in sixteen bits.
    share = (query @ key.transpose(-1, -2) * (SIZE // HEADS) ** -.5).softmax(-1).to(value.dtype)
    seen = (share @ value).transpose(1, 2).reshape(batch, -1, SIZE)
    states = norm(dense(rounding(seen), layer, MATRICES[3]) + states, layer, 'attention.output.LayerNorm')
    wide = F.gelu(dense(rounding(states), layer, MATRICES[4]))
    return norm(dense(rounding(wide), layer, MATRICES[5]) + states, layer, 'output.LayerNorm')


def encode(pieces, embeddings, layers, rounding=as_it_is):
    """Vectors of length one, and the states behind each layer."""
    states, behind = embeddings(pieces), []
    for i, layer in enumerate(layers):
        states = run(states, layer, i == len(layers) - 1, rounding)
        behind.append(states.float())
    return F.normalize(behind[-1][:, 0], dim=-1), behind


class Rounded(torch.autograd.Function):
    """Rounds to what can ship; backwards as if it did not."""

    @staticmethod
    def forward(_, matrix, base, unit, least, most):
        return base + unit * torch.round((matrix - base) / unit).clamp(least, most)

    @staticmethod
    def backward(_, gradient):
        return gradient, None, None, None, None


def read(name, layers, units, step):
    """Makes layers what they are in the file of a student."""
    with open(name, 'rb') as file:
        data = gzip.decompress(file.read())
    head, at = [step, len(KEPT), *KEPT], 6 + len(KEPT)
    if list(data[4:at]) != head:
        raise SystemExit(f'{name} is of another student: {list(data[4:at])} instead of {head}')
    for layer, unit in zip(layers, units, strict=True):
        for part in MATRICES + VECTORS:
            kind, count = ('<f4' if part in VECTORS else 'i1'), layer[part].numel()
            learnt = torch.from_numpy(np.frombuffer(data, kind, count, at).astype(np.float32)).view_as(layer[part])
            layer[part] = layer[part] + learnt * unit[part][1] if part in MATRICES else learnt
            at += count * np.dtype(kind).itemsize


def batches(pieces, tokens, r):
    """Indices of texts of one length each, some `tokens` pieces together."""
    by, made = {}, []
    for i in r.permutation(len(pieces)):
        length = len(pieces[i])
        group = by.setdefault(length, [])
        group.append(i)
        if len(group) >= min(256, max(8, tokens // length)):
            made.append(by.pop(length))
    made += by.values()
    r.shuffle(made)
    return made


def cut(tokenizer, texts, most=256):
    return [ids if len(ids) <= most else ids[:most - 1] + ids[-1:]
            for ids in (each.ids for each in tokenizer.encode_batch(texts))]


def main(a):
    torch.manual_seed(1)
    path = f'{a.shipped}/{NAME}.onnx'
    shipped = Shipped(path)
    embeddings, teacher = Embeddings(shipped), [shipped.layer(i) for i in range(12)]
    student, done, units = [shipped.layer(i) for i in KEPT], 0, []
    for i in KEPT:
        units.append({})
        for name in MATRICES:
            whole, scale = shipped.matrix(f'encoder.layer.{i}.{name}')
            units[-1][name] = (whole * scale, scale * a.step, torch.ceil((-HIGHEST - whole) / a.step),
                               torch.floor((HIGHEST - whole) / a.step))
    if os.path.exists(a.out + '.pt'):
        student, done, layers, step = torch.load(a.out + '.pt')
        if (layers, step) != (KEPT, a.step):
            raise SystemExit(f'{a.out}.pt is of another student: layers {layers}, step {step}')
    elif a.earlier:
        read(a.earlier, student, units, a.step)
        done = a.free
    # Started again, it draws other batches than those that it has learnt from.
    r = np.random.RandomState(1 + done)
    tokenizer = Tokenizer.from_file(f'{a.shipped}/{NAME}-tokenizer.json')
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lines = [each.split('\t') for each in open(a.texts, encoding='utf-8').read().splitlines()]
    pieces = cut(tokenizer, [each[0] for each in lines if len(each) == 1])
    meant = {each[0]: None for each in lines if len(each) == 2}
    whole = cut(tokenizer, list(meant))
    with torch.no_grad(), torch.autocast('cpu', dtype=torch.bfloat16):
        for batch in batches(whole, a.tokens, r):
            given, _ = encode(torch.tensor([whole[i] for i in batch]), embeddings, teacher)
            for i, vector in zip(batch, given):
                whole[i] = vector
    meant = dict(zip(meant, whole))
    hurried, meant = zip(*((each[1], meant[each[0]]) for each in lines if len(each) == 2))
    hurried = cut(tokenizer, hurried)
    unseen = [cut(tokenizer, held()), cut(tokenizer, long(held(), 1, 60))]
    parameters = [each.requires_grad_(True) for layer in student for each in layer.values()]

    def rounded():
        return [{**layer, **{name: Rounded.apply(layer[name], *unit[name]) for name in MATRICES}}
                for layer, unit in zip(student, units, strict=True)]

    def both(batch, layers, rounding):
        x = torch.tensor(batch)
        with torch.autocast('cpu', dtype=torch.bfloat16):
            with torch.no_grad():
                wanted = encode(x, embeddings, teacher)
            return wanted, encode(x, embeddings, layers, rounding)

    @torch.no_grad()
    def check():
        layers, likeness = rounded(), ([], [])
        for texts, found in zip(unseen, likeness):
            for batch in batches(texts, a.tokens, np.random.RandomState(1)):
                (wanted, _), (given, _) = both([texts[i] for i in batch], layers, eight_bits)
                found += (wanted * given).sum(1).tolist()
        print(time.strftime('%H:%M:%S'), done, 'cosine of texts held out %.4f, one in twenty below %.4f, of long ones %.4f'
              % (np.mean(likeness[0]), np.percentile(likeness[0], 5), np.mean(likeness[1])), flush=True)
        torch.save((student, done, KEPT, a.step), a.out + '.pt.part')
        os.replace(a.out + '.pt.part', a.out + '.pt')

    check()
    todo, hurry, optimizer = [], [], None
    while done < a.free + a.rounded:
        roundly = done >= a.free
        if optimizer is None or done == a.free:
            optimizer = torch.optim.AdamW(parameters, betas=(.9, .98), weight_decay=0, fused=True)
        # The first part ends at a third of its rate; the second warms up to twice that and lets it run out.
        rate = a.rate * (1 - (done - a.free) / a.rounded) if roundly else 3e-4 * (1 - done / a.free * 2 / 3)
        for group in optimizer.param_groups:
            group['lr'] = rate * min(1, (done - a.free if roundly else done) / 50 + .02)
        layers, rounding = (rounded(), eight_bits) if roundly else (student, as_it_is)
        states, behind = [], []
        if roundly and r.rand() < IN_A_HURRY:
            hurry = hurry or batches(hurried, a.tokens, r)
            batch = hurry.pop()
            wanted = torch.stack([meant[i] for i in batch])
            with torch.autocast('cpu', dtype=torch.bfloat16):
                given, _ = encode(torch.tensor([hurried[i] for i in batch]), embeddings, layers, rounding)
        else:
            todo = todo or batches(pieces, a.tokens, r)
            (wanted, states), (given, behind) = both([pieces[i] for i in todo.pop()], layers, rounding)
        loss = 100 * (1 - (wanted * given).sum(1)).mean()
        loss = loss + 100 * (wanted @ wanted.T - given @ given.T).pow(2).mean()
        if states and not a.earlier:
            # What the student hands to a layer is what the teacher handed to it; it counts less, the nearer the end.
            weight = max(0, 1 - (done - a.free) / a.rounded / .7) if roundly else 3
            for mine, theirs in zip(behind, [states[i - 1] for i in KEPT[1:]] + states[-1:]):
                loss = loss + weight * (mine - theirs).pow(2).mean() / theirs.var() / len(KEPT)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 20 if roundly else 50)
        optimizer.step()
        done += 1
        if done % 100 == 0:
            check()
    check()
    with open(path, 'rb') as file:
        made = [struct.pack('>I', zlib.crc32(file.read())), bytes((a.step, len(KEPT), *KEPT))]
    with torch.no_grad():
        for layer, unit, result in zip(student, units, rounded(), strict=True):
            for name in MATRICES:
                made.append(torch.round((result[name] - unit[name][0]) / unit[name][1]).numpy().astype(np.int8).tobytes())
            made += [layer[name].numpy().astype('<f4').tobytes() for name in VECTORS]
    with open(a.out, 'wb') as file:
        file.write(gzip.compress(b''.join(made), mtime=0))


if __name__ == '__main__':
    main(p.parse_args())
