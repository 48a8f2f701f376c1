// A preloaded stand-in for Linux' i915 and the few calls of libdrm by which ANV finds devices, so that Intel's
// compiler works for a GPU that is not there. Buffers are pieces of a sparse file (INTEL_DEVICE_MEMORY);
// submits and waits do nothing. INTEL_DEVICE_ID: the PCI id, in hex (56a0 is an Arc A770).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <drm/drm.h>
#include <drm/i915_drm.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Structures of xf86drm.h.
typedef struct { uint16_t domain; uint8_t bus, device, function; } PciBus;
typedef struct { uint16_t vendor, device, subvendor, subdevice; uint8_t revision; } PciDevice;
typedef struct { char **nodes; int available_nodes, bus_type; PciBus *bus; PciDevice *device; } Device;
typedef struct {
  int major, minor, patch, name_length;
  char *name;
  int date_length;
  char *date;
  int text_length;
  char *text;
} Version;

static uint32_t device_id(void) { return (uint32_t)strtoul(getenv("INTEL_DEVICE_ID"), NULL, 16); }
static int is_card(void) { return (device_id() >> 8) == 0x56; } // with memory of its own

// The node keeps its usual name, since ANV stores no more than 19 characters of it.
static const char NODE[] = "/dev/dri/renderD128";
static const char *place(const char *path) {
  return path && !strcmp(path, NODE) ? getenv("INTEL_DEVICE_MEMORY") : path;
}

static int open_place(const char *path, int flags, mode_t mode) {
  static int (*next)(const char *, int, ...);
  if (!next) next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  return next(place(path), flags, mode);
}
static mode_t mode_of(int flags, va_list list) {
  return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
}
int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_place(path, flags, mode);
}
int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_place(path, flags, mode);
}
int stat64(const char *path, struct stat64 *into) {
  static int (*next)(const char *, struct stat64 *);
  if (!next) next = (int (*)(const char *, struct stat64 *))dlsym(RTLD_NEXT, "stat64");
  return next(place(path), into);
}

static Device *the_device(void) {
  static char *nodes[3];
  static PciBus bus = { 0, 3, 0, 0 };
  static PciDevice pci = { 0x8086, 0, 0x8086, 0x1020, 8 };
  static Device device = { nodes, 1 << 2 | 1 << 0, 0, &bus, &pci };
  pci.device = (uint16_t)device_id();
  nodes[0] = nodes[2] = (char *)NODE;
  return &device;
}
int drmGetDevices2(uint32_t flags, Device **devices, int count) {
  (void)flags;
  if (devices && count > 0) devices[0] = the_device();
  return 1;
}
int drmGetDevices(Device **devices, int count) { return drmGetDevices2(0, devices, count); }
void drmFreeDevices(Device **devices, int count) { (void)devices, (void)count; }
int drmGetDevice2(int file, uint32_t flags, Device **device) {
  (void)file, (void)flags;
  *device = the_device();
  return 0;
}
int drmGetDevice(int file, Device **device) { return drmGetDevice2(file, 0, device); }
void drmFreeDevice(Device **device) { (void)device; }
Version *drmGetVersion(int file) {
  (void)file;
  static Version version = { 1, 6, 0, 4, "i915", 1, "", 1, "" };
  return &version;
}
void drmFreeVersion(Version *version) { (void)version; }

static uint64_t next_offset = 1 << 20, offsets[1 << 16];
static uint32_t next_handle = 1;
static uint32_t new_buffer(uint64_t size) {
  uint32_t handle = __sync_fetch_and_add(&next_handle, 1) & 0xffff;
  offsets[handle] = __sync_fetch_and_add(&next_offset, (size + 0xffff) & ~0xffffull);
  return handle;
}

static int parameter_of(int name) {
  switch (name) {
    case I915_PARAM_CHIPSET_ID: return (int)device_id();
    case I915_PARAM_REVISION: return 8;
    case I915_PARAM_CS_TIMESTAMP_FREQUENCY: return 19200000;
    case I915_PARAM_HAS_ALIASING_PPGTT: return 3;
    case I915_PARAM_MMAP_VERSION:
    case I915_PARAM_MMAP_GTT_VERSION: return 4;
    case I915_PARAM_CMD_PARSER_VERSION: return 10;
    case I915_PARAM_NUM_FENCES_AVAIL: return 8;
    case I915_PARAM_SUBSLICE_TOTAL: return 32;
    case I915_PARAM_EU_TOTAL: return 512;
    case I915_PARAM_PERF_REVISION: return 3;
    case I915_PARAM_HAS_BSD:
    case I915_PARAM_HAS_BLT:
    case I915_PARAM_HAS_VEBOX:
    case I915_PARAM_HAS_LLC: return 0;
    default: return 1;
  }
}

// One slice of 32 subslices (Arc) or of 6, each of 16 units.
static void topology(struct drm_i915_query_item *item) {
  const int subslices = is_card() ? 32 : 6, bytes = (subslices + 7) / 8;
  const int length = (int)sizeof(struct drm_i915_query_topology_info) + 1 + bytes + subslices * 2;
  if (!item->length) {
    item->length = length;
    return;
  }
  struct drm_i915_query_topology_info *info = (void *)(uintptr_t)item->data_ptr;
  info->max_slices = 1;
  info->max_subslices = (uint16_t)subslices;
  info->max_eus_per_subslice = 16;
  info->subslice_offset = 1;
  info->subslice_stride = (uint16_t)bytes;
  info->eu_offset = (uint16_t)(1 + bytes);
  info->eu_stride = 2;
  info->data[0] = 1;
  for (int i = 0; i < subslices; i++) info->data[1 + i / 8] |= (uint8_t)(1 << (i % 8));
  memset(info->data + 1 + bytes, 0xff, (size_t)subslices * 2);
}

static void engines(struct drm_i915_query_item *item) {
  struct drm_i915_query_engine_info *info = (void *)(uintptr_t)item->data_ptr;
  if (!item->length) {
    item->length = (int)(sizeof *info + 2 * sizeof info->engines[0]);
    return;
  }
  memset(info, 0, (size_t)item->length);
  info->num_engines = 2;
  info->engines[0].engine.engine_class = I915_ENGINE_CLASS_RENDER;
  info->engines[1].engine.engine_class = I915_ENGINE_CLASS_COPY;
}

static void regions(struct drm_i915_query_item *item) {
  const int count = is_card() ? 2 : 1;
  struct drm_i915_query_memory_regions *info = (void *)(uintptr_t)item->data_ptr;
  if (!item->length) {
    item->length = (int)(sizeof *info + (size_t)count * sizeof info->regions[0]);
    return;
  }
  memset(info, 0, (size_t)item->length);
  info->num_regions = (uint32_t)count;
  for (int i = 0; i < count; i++) {
    struct drm_i915_memory_region_info *region = info->regions + i;
    region->region.memory_class = i ? I915_MEMORY_CLASS_DEVICE : I915_MEMORY_CLASS_SYSTEM;
    region->probed_size = region->unallocated_size = 8ull << 30;
    region->probed_cpu_visible_size = region->unallocated_cpu_visible_size = 8ull << 30;
  }
}

static void query(struct drm_i915_query_item *item) {
  switch (item->query_id) {
    case DRM_I915_QUERY_TOPOLOGY_INFO:
    case DRM_I915_QUERY_GEOMETRY_SUBSLICES: topology(item); return;
    case DRM_I915_QUERY_ENGINE_INFO: engines(item); return;
    case DRM_I915_QUERY_MEMORY_REGIONS: regions(item); return;
    default: item->length = -EINVAL;
  }
}

// Everything that is not answered here succeeds and does nothing.
static int answer(unsigned number, void *argument) {
  switch (number) {
    case DRM_COMMAND_BASE + DRM_I915_GETPARAM: {
      struct drm_i915_getparam *p = argument;
      *p->value = parameter_of(p->param);
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_QUERY: {
      struct drm_i915_query *p = argument;
      struct drm_i915_query_item *items = (void *)(uintptr_t)p->items_ptr;
      for (uint32_t i = 0; i < p->num_items; i++) query(items + i);
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_GEM_CREATE: {
      struct drm_i915_gem_create *p = argument;
      p->handle = new_buffer(p->size);
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_GEM_CREATE_EXT: {
      struct drm_i915_gem_create_ext *p = argument;
      p->size = (p->size + 0xffff) & ~0xffffull;
      p->handle = new_buffer(p->size);
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_GEM_USERPTR:
      ((struct drm_i915_gem_userptr *)argument)->handle = new_buffer(4096);
      break;
    case DRM_COMMAND_BASE + DRM_I915_GEM_MMAP_GTT: {
      struct drm_i915_gem_mmap_offset *p = argument;
      p->offset = offsets[p->handle & 0xffff];
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_GEM_CONTEXT_CREATE:
      ((struct drm_i915_gem_context_create *)argument)->ctx_id = 1;
      break;
    case DRM_COMMAND_BASE + DRM_I915_GEM_VM_CREATE:
      ((struct drm_i915_gem_vm_control *)argument)->vm_id = 1;
      break;
    case DRM_COMMAND_BASE + DRM_I915_GEM_CONTEXT_GETPARAM: {
      struct drm_i915_gem_context_param *p = argument;
      p->value = p->param == I915_CONTEXT_PARAM_GTT_SIZE ? 1ull << 48 : 0;
      break;
    }
    case DRM_COMMAND_BASE + DRM_I915_GEM_GET_APERTURE: {
      struct drm_i915_gem_get_aperture *p = argument;
      p->aper_size = p->aper_available_size = 1ull << 48;
      break;
    }
    case _IOC_NR(DRM_IOCTL_GET_CAP): ((struct drm_get_cap *)argument)->value = 1; break;
    case _IOC_NR(DRM_IOCTL_SYNCOBJ_CREATE):
      ((struct drm_syncobj_create *)argument)->handle = __sync_fetch_and_add(&next_handle, 1);
      break;
    case _IOC_NR(DRM_IOCTL_SYNCOBJ_QUERY): {
      struct drm_syncobj_timeline_array *p = argument;
      for (uint32_t i = 0; i < p->count_handles; i++)
        ((uint64_t *)(uintptr_t)p->points)[i] = UINT64_MAX >> 1;
      break;
    }
  }
  return 0;
}

int ioctl(int file, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void *argument = va_arg(list, void *);
  va_end(list);
  if (_IOC_TYPE(request) == DRM_IOCTL_BASE) return answer(_IOC_NR(request), argument);
  return (int)syscall(SYS_ioctl, file, request, argument);
}
