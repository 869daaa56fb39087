#!/usr/bin/env python3
"""What PyTorch reaches with the recipe of the benchmark `accuracy` (needs python3-torch, whose numpy comes along).

    python3 tests/compare-accuracy.py [--data ../shared/data] [--out ../features] [--seeds 3] [--length 1]
    dotnet run -c Release --project tests/TinyNas.Benchmarks -- accuracy --features ../features

Writes MFCC of the spoken keywords (49 frames of 40 ms every 20 ms, 40 mel bands from 20 Hz to 4 kHz, 10 coefficients) to train.npz and
test.npz, then trains NanoNAS (8, 3) on MNIST and DS-CNN on those features, and writes the test accuracies of all seeds to torch.json.
Recipe: Adam at 3e-3 on half a cosine down to a hundredth, batch 32, He-normal weights, no augmentation.
"""
import argparse, gzip, json, math, os, wave
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

RATE, FRAME, STEP, FRAMES, BANDS, KEPT = 16000, 640, 320, 49, 40, 10


def mel(hertz):
    return 2595 * np.log10(1 + hertz / 700)


def filters():
    edges = 700 * (10 ** (np.linspace(mel(20), mel(4000), BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(1024, 1 / RATE)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    return np.clip(np.minimum(rising, falling), 0, None)


def mfcc(path, bank):
    with wave.open(path) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64) / 32768
    samples = np.pad(samples, (0, max(0, RATE - len(samples))))[:RATE]
    frames = np.stack([samples[i * STEP:i * STEP + FRAME] for i in range(FRAMES)]) * np.hanning(FRAME)
    energy = np.log(np.abs(np.fft.rfft(frames, 1024)) ** 2 @ bank.T + 1e-6)
    k, n = np.arange(KEPT)[:, None], np.arange(BANDS)[None]
    return energy @ (np.cos(math.pi * k * (n + 0.5) / BANDS) * math.sqrt(2 / BANDS)).T


def features(data, out):
    folder, bank = os.path.join(data, "audio", "speech_commands_12"), filters()
    for side in ("train", "test"):
        classes = sorted(os.listdir(os.path.join(folder, side)))
        x, y = [], []
        for index, name in enumerate(classes):
            for file in sorted(os.listdir(os.path.join(folder, side, name))):
                x.append(mfcc(os.path.join(folder, side, name, file), bank))
                y.append(index)
        np.savez(os.path.join(out, side + ".npz"), X=np.array(x, np.float32)[..., None], y=np.array(y, np.int64), classes=np.array(classes))


def idx(path):
    with gzip.open(path) as file:
        raw = file.read()
    dimensions = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(dimensions)


def conv(inputs, outputs, kernel, stride=1, groups=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, "valid" if stride > 1 else "same", groups=groups, bias=False), nn.BatchNorm2d(outputs, eps=1e-3), nn.ReLU()]


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def nanonas():
    widths, layers, before = [8, 16, 24, 30], [], 1
    for i, width in enumerate(widths):
        layers += ([nn.MaxPool2d(2)] if i else []) + conv(before, width, 3)
        before = width
    return nn.Sequential(*layers, Mean(), nn.Linear(before, 10))


def dscnn():
    # "Same" padding of a strided convolution: the odd row goes to the end.
    layers = [nn.ZeroPad2d((1, 1, 4, 5))] + conv(1, 64, (10, 4), 2)
    for _ in range(4):
        layers += conv(64, 64, 3, groups=64) + conv(64, 64, 1)
    return nn.Sequential(*layers, Mean(), nn.Linear(64, 12))


def train(network, train_x, train_y, test_x, test_y, epochs, seed):
    torch.manual_seed(seed)
    network = network()
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    steps, step = epochs * math.ceil(len(train_x) / 32), 0
    for _ in range(epochs):
        network.train()
        for batch in torch.randperm(len(train_x)).split(32):
            for group in optimizer.param_groups:
                group["lr"] = 3e-3 * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / steps)))
            optimizer.zero_grad()
            F.cross_entropy(network(train_x[batch]), train_y[batch]).backward()
            optimizer.step()
            step += 1
    network.eval()
    with torch.inference_mode():
        return (torch.cat([network(part).argmax(1) for part in test_x.split(500)]) == test_y).double().mean().item()


def main():
    parser = argparse.ArgumentParser()
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "shared", "data"))
    parser.add_argument("--out", default=os.path.join(here, "..", "..", "features"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--length", type=float, default=1)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    features(options.data, options.out)

    sets = {}
    digits = [idx(os.path.join(options.data, "images", "mnist", name)) for name in
              ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")]
    images = [torch.from_numpy((d[:, None].astype(np.float32) - 128) / 128) for d in (digits[0], digits[2])]
    labels = [torch.from_numpy(d.astype(np.int64)) for d in (digits[1], digits[3])]
    sets["mnist"] = (nanonas, images[0], labels[0], images[1], labels[1], 4)
    sides = [np.load(os.path.join(options.out, side + ".npz")) for side in ("train", "test")]
    mean, deviation = sides[0]["X"].mean(), sides[0]["X"].std()
    x = [torch.from_numpy((s["X"].transpose(0, 3, 1, 2) - mean) / deviation) for s in sides]
    y = [torch.from_numpy(s["y"]) for s in sides]
    sets["keywords"] = (dscnn, x[0], y[0], x[1], y[1], 40)

    reached = {}
    for name, (network, train_x, train_y, test_x, test_y, epochs) in sets.items():
        reached[name] = [train(network, train_x, train_y, test_x, test_y, max(1, int(epochs * options.length)), seed) for seed in range(1, options.seeds + 1)]
        print(name, " ".join(f"{a:.4f}" for a in reached[name]), flush=True)
    with open(os.path.join(options.out, "torch.json"), "w") as file:
        json.dump(reached, file)


if __name__ == "__main__":
    main()
