/** Bytes of buffers made and not destroyed. */
export interface CountedBuffers {
  bytes: number;
  peak: number;
}

/** Has a device count its buffers, whatever the app says of them. */
export function countBuffers(
  device: GPUDevice,
  counted: CountedBuffers = { bytes: 0, peak: 0 },
): CountedBuffers {
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (wanted) => {
    const buffer = createBuffer(wanted);
    const destroy = buffer.destroy.bind(buffer);
    counted.bytes += buffer.size;
    counted.peak = Math.max(counted.peak, counted.bytes);
    buffer.destroy = () => {
      counted.bytes -= buffer.size;
      return destroy();
    };
    return buffer;
  };
  return counted;
}
