#!/usr/bin/env python3
"""Compares the trainer with PyTorch: gradients in float64 layer by layer, and speed on one core.

    compare-pytorch.py gradients TINYNAS.dll [NETS]
    compare-pytorch.py speed     TINYNAS.dll [NETS] [--rounds N] [--seconds S]

NETS are letters of the six networks, n a b c d e. Needs PyTorch and NumPy (Debian: python3-torch python3-numpy) and, for a fair
speed, OpenBLAS (libopenblas0-pthread). Exit code 77: something is missing, and it says what.

Gradients: the tool dumps one step of 16 samples. PyTorch computes the same network in float64, with the trainer's own decision of
which side of a ReLU's kink each value is on; that decision must be PyTorch's too, except within rounding of the kink. So no
tolerance has to cover a value that changed sides. Errors are relative to the largest gradient of the parameter.

Speed: rounds alternate between the two; each is measured in the CPU time of its thread, and PyTorch's best memory layout counts.
"""
import argparse, glob, json, os, statistics, subprocess, sys, tempfile, time

# name for the tool, batch of the speed target, how many times PyTorch's samples per second are wanted
NETS = {'n': ('nanonas:3,2', 16, 15), 'a': ('nanonas:8,3', 32, 3), 'b': ('dscnn-kws', 32, 2.2),
        'c': ('mobilenet-0.25-96', 32, 2.2), 'd': ('tcn-har', 32, 4.5), 'e': ('autoencoder-640', 32, 3.5)}
KINK = 1e-3        # as far from a kink single precision may be undecided, relative to the layer's largest value
TOLERANCE = 5e-5   # single precision through 28 layers gives 2e-5; a wrong tap, border or scale is far beyond it


def missing(what):
    print('skipped: ' + what)
    sys.exit(77)


def with_openblas():
    """PyTorch of Debian falls back to the reference BLAS, 15 times slower, unless OpenBLAS comes first."""
    folders = glob.glob('/usr/lib/*/openblas-pthread')
    if not folders:
        missing('OpenBLAS (Debian package libopenblas0-pthread) is not installed')
    if folders[0] not in os.environ.get('LD_LIBRARY_PATH', ''):
        os.environ['LD_LIBRARY_PATH'] = folders[0] + ':' + os.environ.get('LD_LIBRARY_PATH', '')
        os.environ.update(OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
        os.execv(sys.executable, [sys.executable] + sys.argv)


def tool(dll, *arguments):
    done = subprocess.run(['dotnet', dll, 'bench', 'train', *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


def same(size, kernel, stride, dilation):
    """TensorFlow's zeros before and behind."""
    total = max((-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def convolve(layer, x, weight, bias):
    import torch.nn.functional as F
    if layer['Padding'] == 0:
        top, bottom = same(x.shape[2], layer['KernelHeight'], layer['StrideHeight'], layer['DilationHeight'])
        left, right = same(x.shape[3], layer['KernelWidth'], layer['StrideWidth'], layer['DilationWidth'])
        even = top == bottom and left == right
        if not even:
            x = F.pad(x, (left, right, top, bottom))
        padding = (top, left) if even else 0
    else:
        padding = 0
    return F.conv2d(x, weight, bias, (layer['StrideHeight'], layer['StrideWidth']), padding,
                    (layer['DilationHeight'], layer['DilationWidth']), layer['Groups'])


def flatten(x):
    return x.permute(0, 2, 3, 1).flatten(1)


class Step:
    """A dumped step, recomputed in float64."""

    def __init__(self, folder):
        import numpy, torch
        self.numpy, self.torch, self.folder = numpy, torch, folder
        with open(os.path.join(folder, 'step.json')) as file:
            self.step = json.load(file)
        self.parameters, self.undecided = {}, 0

    def read(self, name, type='float32'):
        return self.numpy.fromfile(os.path.join(self.folder, name + '.bin'), dtype=type)

    def map(self, name, channels_like):
        n, c, h, w = channels_like
        return self.torch.tensor(self.read(name).reshape(n, h, w, c)).permute(0, 3, 1, 2)

    def parameter(self, index, name, shape):
        value = self.torch.tensor(self.read(f'{index}.{name}').reshape(shape).astype('float64'), requires_grad=True)
        self.parameters[index, name] = value
        return value

    def relu(self, index, x, pooled):
        """On which side of its kink a value is, the trainer has decided where it left the layer's output."""
        where = index + 1 if pooled else index
        path = os.path.join(self.folder, f'{where}.output.bin')
        if not os.path.exists(path):
            return x.clamp(min=0)
        if pooled:
            x = self.torch.nn.functional.max_pool2d(x, pooled)
        on = self.map(f'{where}.output', x.shape) > 0
        other = on != (x > 0)
        if (x.abs()[other] > KINK * x.abs().max()).any():
            sys.exit(f'layer {index}: a value away from the kink is on its other side')
        self.undecided += int(other.sum())
        return x * on

    def run(self):
        torch, layers = self.torch, self.step['layers']
        h, w, c = self.step['input']
        first = x = torch.tensor(self.read('input').reshape(-1, h, w, c).astype('float64')).permute(0, 3, 1, 2)
        i = 0
        while i < len(layers):
            layer, kind = layers[i], layers[i]['Type']
            if kind == 'Conv':
                shape = (layer['Filters'], layer['KernelHeight'], layer['KernelWidth'], x.shape[1] // layer['Groups'])
                weight = self.parameter(i, 'kernel', shape).permute(0, 3, 1, 2)
                x = convolve(layer, x, weight, self.parameter(i, 'bias', shape[:1]) if layer['Bias'] else None)
            elif kind == 'BatchNorm':
                gamma, beta = (self.parameter(i, name, (1, -1, 1, 1)) for name in ('gamma', 'beta'))
                mean, variance = x.mean((0, 2, 3), True), x.var((0, 2, 3), False, True)
                x = (x - mean) / (variance + layer['Epsilon']).sqrt() * gamma + beta
            elif kind == 'Relu':
                # A pooling right behind runs with it, and commutes with it.
                pool = layers[i + 1] if i + 1 < len(layers) and layers[i + 1]['Type'] == 'MaxPool' else None
                x = self.relu(i, x, (pool['Height'], pool['Width']) if pool else None)
                i += 1 if pool else 0
            elif kind == 'MaxPool':
                x = torch.nn.functional.max_pool2d(x, (layer['Height'], layer['Width']))
            elif kind == 'GlobalAveragePool':
                x = x.mean((2, 3), True)
            elif kind == 'Dropout':
                x = x * (self.map(f'{i}.output', x.shape) != 0) / (1 - layer['Rate'])
            elif kind == 'Dense':
                x = flatten(x)
                weight = self.parameter(i, 'kernel', (layer['Units'], -1))
                x = x @ weight.T + (self.parameter(i, 'bias', (-1,)) if layer['Bias'] else 0)
                x = x[:, :, None, None]
            else:
                sys.exit(f'{kind} is not compared here')
            i += 1
        if self.step['loss'] == 'Reconstruction':
            loss = ((x - first) ** 2).mean()
        else:
            loss = torch.nn.functional.cross_entropy(flatten(x), torch.tensor(self.read('targets', 'int32').astype('int64')))
        loss.backward()
        return float(loss)


def gradients(dll, nets):
    failed = False
    for net in nets:
        with tempfile.TemporaryDirectory() as folder:
            tool(dll, '--net', NETS[net][0], '--batch', '16', '--dump', folder)
            step = Step(folder)
            loss = step.run()
            print(f"{net} {NETS[net][0]}: loss {step.step['value']:.7f}, in float64 {loss:.7f}; {step.undecided} values within rounding of a kink")
            failed |= abs(loss - step.step['value']) > 1e-5 * abs(loss)
            for (index, name), value in step.parameters.items():
                right, found = value.grad.numpy().ravel(), step.read(f'{index}.{name}.gradient').astype('float64')
                largest = abs(right).max()
                error = abs(right - found).max() / max(largest, 1e-12)
                bad = error > TOLERANCE
                failed |= bad
                print(f"  {index:3} {step.step['layers'][index]['Type']:<10} {name:<7} largest {largest:9.2e}  error {error:8.1e}{'  TOO LARGE' if bad else ''}")
    return failed


def module(step, torch):
    """The network as people write it in PyTorch, for the speed."""
    nn, layers = torch.nn, []
    h, w, c = step['input']
    flat = h == w == 1
    for layer in step['layers']:
        kind = layer['Type']
        if kind == 'Conv':
            class Same(nn.Conv2d):
                zeros = None
                def forward(self, x):
                    return super().forward(x if self.zeros is None else nn.functional.pad(x, self.zeros))
            top, bottom = same(h, layer['KernelHeight'], layer['StrideHeight'], layer['DilationHeight'])
            left, right = same(w, layer['KernelWidth'], layer['StrideWidth'], layer['DilationWidth'])
            even = top == bottom and left == right
            conv = Same(c, layer['Filters'], (layer['KernelHeight'], layer['KernelWidth']), (layer['StrideHeight'], layer['StrideWidth']),
                        (top, left) if even else 0, (layer['DilationHeight'], layer['DilationWidth']), layer['Groups'], layer['Bias'])
            conv.zeros = None if even else (left, right, top, bottom)
            layers.append(conv)
            h, w, c = -(-h // layer['StrideHeight']), -(-w // layer['StrideWidth']), layer['Filters']
        elif kind == 'BatchNorm':
            layers.append(nn.BatchNorm2d(c, layer['Epsilon'], 1 - layer['Momentum']))
        elif kind == 'Relu':
            layers.append(nn.ReLU(inplace=True))
        elif kind == 'MaxPool':
            layers.append(nn.MaxPool2d((layer['Height'], layer['Width'])))
            h, w = h // layer['Height'], w // layer['Width']
        elif kind == 'GlobalAveragePool':
            layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
            h = w = 1
            flat = True
        elif kind == 'Dense':
            layers.append(nn.Linear(h * w * c, layer['Units'], layer['Bias']))
            h, w, c = 1, 1, layer['Units']
        elif kind != 'Dropout':    # as in the tool's figures, dropout apart costs the same on both sides
            sys.exit(f'{kind} is not compared here')
        else:
            layers.append(nn.Dropout(layer['Rate']))
    return nn.Sequential(*layers)


class Contender:
    """PyTorch on one network, one batch and one memory layout."""

    def __init__(self, step, batch, layout, foreach):
        import torch
        self.torch = torch
        torch.manual_seed(1)
        h, w, c = step['input']
        self.reconstruct = step['loss'] == 'Reconstruction'
        self.net = module(step, torch).train()
        self.x = torch.rand((batch, c) if h == w == 1 else (batch, c, h, w)) * 2 - 1
        if layout:
            self.net, self.x = self.net.to(memory_format=layout), self.x.contiguous(memory_format=layout)
        self.y = self.x if self.reconstruct else torch.randint(0, list(self.net.parameters())[-1].shape[0], (batch,))
        self.loss = torch.nn.MSELoss() if self.reconstruct else torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.net.parameters(), foreach=foreach)
        for _ in range(3):
            self.train()

    def train(self):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.net(self.x), self.y).backward()
        self.optimizer.step()

    def seconds_per_step(self, seconds):
        self.train()
        begin, steps = time.thread_time(), 0
        while time.thread_time() - begin < seconds:
            self.train()
            steps += 1
        return (time.thread_time() - begin) / steps


def speed(dll, nets, rounds, seconds):
    import torch
    torch.set_num_threads(1)
    failed = False
    print('net batch   PyTorch ms   tinynas ms   times PyTorch   [least .. most]   wanted')
    for net in nets:
        name, batch, wanted = NETS[net]
        with tempfile.TemporaryDirectory() as folder:
            tool(dll, '--net', name, '--batch', '16', '--dump', folder)
            with open(os.path.join(folder, 'step.json')) as file:
                step = json.load(file)
        variants = [Contender(step, batch, layout, foreach) for layout in ((None,) if net == 'e' else (None, torch.channels_last)) for foreach in (False, True)]
        theirs, ours = [], []
        for _ in range(rounds):
            theirs.append(min(variant.seconds_per_step(seconds / len(variants)) for variant in variants))
            found = json.loads(tool(dll, '--net', name, '--batch', str(batch), '--seconds', str(seconds), '--json'))
            ours.append(batch / {key.lower(): value for key, value in found.items()}['samplespercpusecond'])
        ratios = [a / b for a, b in zip(theirs, ours)]
        ratio = statistics.median(ratios)
        failed |= ratio < wanted
        print(f'{net:>3} {batch:5} {statistics.median(theirs) * 1e3:12.3f} {statistics.median(ours) * 1e3:12.3f} {ratio:15.2f}'
              f'   [{min(ratios):.2f} .. {max(ratios):.2f}] {wanted:13}', flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', choices=['gradients', 'speed'])
    parser.add_argument('tool', help='tinynas.dll')
    parser.add_argument('nets', nargs='?', default='nabcde')
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--seconds', type=float, default=2)
    a = parser.parse_args()
    if a.what == 'speed':
        with_openblas()
    try:
        import numpy, torch
    except ImportError as problem:
        missing(f'{problem} (Debian packages python3-torch, python3-numpy)')
    sys.exit(int(gradients(a.tool, a.nets) if a.what == "gradients" else speed(a.tool, a.nets, a.rounds, a.seconds)))


if __name__ == '__main__':
    main()
