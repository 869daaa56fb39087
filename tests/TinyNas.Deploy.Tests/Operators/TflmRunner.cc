// Runs a .tflite file in TensorFlow Lite Micro: runner model.tflite in.bin out.bin. in.bin holds the inputs of one invocation
// after another; out.bin receives the outputs. For TflmOperatorTests.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

alignas(16) unsigned char arena[1 << 22];

std::vector<unsigned char> Read(const char* path) {
  std::vector<unsigned char> bytes;
  if (FILE* file = std::fopen(path, "rb")) {
    for (int c; (c = std::fgetc(file)) != EOF;) bytes.push_back(static_cast<unsigned char>(c));
    std::fclose(file);
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::vector<unsigned char> file = Read(argv[1]), inputs = Read(argv[2]);
  void* model = std::aligned_alloc(16, (file.size() + 15) / 16 * 16);
  std::memcpy(model, file.data(), file.size());
  static tflite::MicroMutableOpResolver<48> r;
  r.AddAdd(); r.AddArgMax(); r.AddArgMin(); r.AddAveragePool2D(); r.AddConcatenation(); r.AddConv2D(); r.AddDepthwiseConv2D(); r.AddDequantize(); r.AddElu(); r.AddExpandDims();
  r.AddFullyConnected(); r.AddHardSwish(); r.AddLeakyRelu(); r.AddLogistic(); r.AddLogSoftmax(); r.AddMaximum(); r.AddMaxPool2D(); r.AddMean(); r.AddMinimum();
  r.AddMul(); r.AddPack(); r.AddPad(); r.AddPadV2(); r.AddPrelu(); r.AddQuantize(); r.AddRelu(); r.AddRelu6(); r.AddReshape();
  r.AddResizeBilinear(); r.AddResizeNearestNeighbor(); r.AddSlice(); r.AddSoftmax(); r.AddSplit(); r.AddSqueeze();
  r.AddStridedSlice(); r.AddSub(); r.AddSvdf(); r.AddTanh(); r.AddTranspose(); r.AddTransposeConv(); r.AddUnpack();
  r.AddUnidirectionalSequenceLSTM();
  tflite::MicroInterpreter interpreter(tflite::GetModel(model), r, arena, sizeof arena);
  if (interpreter.AllocateTensors() != kTfLiteOk) return 3;
  FILE* out = std::fopen(argv[3], "wb");
  for (std::size_t at = 0; at < inputs.size();) {
    for (std::size_t i = 0; i < interpreter.inputs_size(); i++) {
      TfLiteTensor* tensor = interpreter.input(i);
      std::memcpy(tensor->data.raw, &inputs[at], tensor->bytes);
      at += tensor->bytes;
    }
    if (interpreter.Invoke() != kTfLiteOk) return 4;
    for (std::size_t i = 0; i < interpreter.outputs_size(); i++)
      std::fwrite(interpreter.output(i)->data.raw, 1, interpreter.output(i)->bytes, out);
  }
  std::fclose(out);
  return 0;
}
