/** Bytes of buffers made and not destroyed. */
export interface CountedBuffers {
  bytes: number;
  peak: number;
  /** `bytes` after every change. */
  readonly history: number[];
}

/** Has a device count its buffers, whatever the app says of them. */
export function countBuffers(
  device: GPUDevice,
  counted: CountedBuffers = { bytes: 0, peak: 0, history: [] },
): CountedBuffers {
  const createBuffer = device.createBuffer.bind(device);
  const add = (bytes: number) => {
    counted.bytes += bytes;
    counted.peak = Math.max(counted.peak, counted.bytes);
    counted.history.push(counted.bytes);
  };
  device.createBuffer = (wanted) => {
    const buffer = createBuffer(wanted);
    const destroy = buffer.destroy.bind(buffer);
    add(buffer.size);
    buffer.destroy = () => {
      add(-buffer.size);
      return destroy();
    };
    return buffer;
  };
  return counted;
}
