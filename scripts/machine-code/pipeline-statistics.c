// A Vulkan driver around another one (PIPELINE_DRIVER: its shared object) that tells what each compute
// pipeline became. It asks for VK_KHR_pipeline_executable_properties and writes to stderr, for every part:
//
//   @@ {"stats":{"part":…,"subgroup":…,NAME:VALUE,…}}
//   @@ {"text":NAME} … @@ {"textEnd":true}     the driver's text of that name, with PIPELINE_TEXT=NAME or "all"
//
// With PIPELINE_DEVICE_ID=hex the device has that PCI id: Dawn decides by it what a card may do, and NVK's
// stand-in calls every card a Kepler.
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vulkan/vulkan.h>

typedef PFN_vkVoidFunction (*GetInstanceProc)(VkInstance, const char *);
static GetInstanceProc next_instance_proc, next_physical_proc;
static PFN_vkGetDeviceProcAddr next_device_proc;
static VkResult (*next_negotiate)(uint32_t *);
static PFN_vkCreateDevice next_create_device;
static PFN_vkCreateComputePipelines next_pipelines;
static PFN_vkGetPhysicalDeviceProperties next_properties;
static PFN_vkGetPhysicalDeviceProperties2 next_properties2;
static PFN_vkGetPipelineExecutablePropertiesKHR executables;
static PFN_vkGetPipelineExecutableStatisticsKHR statistics;
static PFN_vkGetPipelineExecutableInternalRepresentationsKHR representations;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void open_driver(void) {
  if (next_instance_proc) return;
  void *driver = dlopen(getenv("PIPELINE_DRIVER"), RTLD_NOW | RTLD_LOCAL);
  if (!driver) {
    fprintf(stderr, "PIPELINE_DRIVER: %s\n", dlerror());
    abort();
  }
  next_instance_proc = (GetInstanceProc)dlsym(driver, "vk_icdGetInstanceProcAddr");
  next_physical_proc = (GetInstanceProc)dlsym(driver, "vk_icdGetPhysicalDeviceProcAddr");
  next_negotiate = (VkResult(*)(uint32_t *))dlsym(driver, "vk_icdNegotiateLoaderICDInterfaceVersion");
}

static void own_id(VkPhysicalDeviceProperties *p) {
  const char *id = getenv("PIPELINE_DEVICE_ID");
  if (id) p->deviceID = (uint32_t)strtoul(id, NULL, 16);
}
static void properties(VkPhysicalDevice device, VkPhysicalDeviceProperties *p) {
  next_properties(device, p);
  own_id(p);
}
static void properties2(VkPhysicalDevice device, VkPhysicalDeviceProperties2 *p) {
  next_properties2(device, p);
  own_id(&p->properties);
}

#define NEXT_OF(made, name) ((PFN_##name)next_device_proc(made, #name))

static VkResult create_device(VkPhysicalDevice physical, const VkDeviceCreateInfo *info,
                              const VkAllocationCallbacks *allocator, VkDevice *made) {
  const char *names[256];
  uint32_t count = info->enabledExtensionCount < 255 ? info->enabledExtensionCount : 255;
  int has = 0;
  for (uint32_t i = 0; i < count; i++) {
    names[i] = info->ppEnabledExtensionNames[i];
    has |= !strcmp(names[i], VK_KHR_PIPELINE_EXECUTABLE_PROPERTIES_EXTENSION_NAME);
  }
  VkDeviceCreateInfo own = *info;
  VkPhysicalDevicePipelineExecutablePropertiesFeaturesKHR feature = {
    VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PIPELINE_EXECUTABLE_PROPERTIES_FEATURES_KHR, (void *)own.pNext, VK_TRUE
  };
  if (!has) {
    names[count++] = VK_KHR_PIPELINE_EXECUTABLE_PROPERTIES_EXTENSION_NAME;
    own.pNext = &feature;
  }
  own.enabledExtensionCount = count;
  own.ppEnabledExtensionNames = names;
  VkResult result = next_create_device(physical, &own, allocator, made);
  if (result || !next_device_proc) return result;
  executables = NEXT_OF(*made, vkGetPipelineExecutablePropertiesKHR);
  statistics = NEXT_OF(*made, vkGetPipelineExecutableStatisticsKHR);
  representations = NEXT_OF(*made, vkGetPipelineExecutableInternalRepresentationsKHR);
  return result;
}

static void print_text(VkDevice device, const VkPipelineExecutableInfoKHR *part) {
  VkPipelineExecutableInternalRepresentationKHR texts[16];
  uint32_t count = 16;
  memset(texts, 0, sizeof texts);
  for (int i = 0; i < 16; i++)
    texts[i].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_INTERNAL_REPRESENTATION_KHR;
  representations(device, part, &count, texts);
  for (uint32_t i = 0; i < count; i++) texts[i].pData = calloc(1, texts[i].dataSize + 1);
  representations(device, part, &count, texts);
  for (uint32_t i = 0; i < count; i++) {
    const char *text = texts[i].pData;
    const char *wanted = getenv("PIPELINE_TEXT");
    if (texts[i].isText && (!strcmp(wanted, "all") || !strcmp(wanted, texts[i].name)))
      fprintf(stderr, "\n@@ {\"text\":\"%s\"}\n%s\n@@ {\"textEnd\":true}\n", texts[i].name, text);
    free(texts[i].pData);
  }
}

static void print_statistics(VkDevice device, const VkPipelineExecutableInfoKHR *part) {
  VkPipelineExecutableStatisticKHR values[64];
  uint32_t count = 64;
  memset(values, 0, sizeof values);
  for (int i = 0; i < 64; i++) values[i].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_STATISTIC_KHR;
  statistics(device, part, &count, values);
  for (uint32_t i = 0; i < count; i++) {
    const VkPipelineExecutableStatisticKHR *s = values + i;
    fprintf(stderr, ",\"%s\":", s->name);
    if (s->format == VK_PIPELINE_EXECUTABLE_STATISTIC_FORMAT_FLOAT64_KHR)
      fprintf(stderr, "%g", s->value.f64);
    else if (s->format == VK_PIPELINE_EXECUTABLE_STATISTIC_FORMAT_BOOL32_KHR)
      fprintf(stderr, "%d", s->value.b32 ? 1 : 0);
    else
      fprintf(stderr, "%lld", (long long)s->value.i64);
  }
}

static void print_pipeline(VkDevice device, VkPipeline pipeline) {
  VkPipelineInfoKHR which = { VK_STRUCTURE_TYPE_PIPELINE_INFO_KHR, NULL, pipeline };
  VkPipelineExecutablePropertiesKHR parts[8];
  uint32_t count = 8;
  memset(parts, 0, sizeof parts);
  for (int i = 0; i < 8; i++) parts[i].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_PROPERTIES_KHR;
  executables(device, &which, &count, parts);
  for (uint32_t i = 0; i < count; i++) {
    VkPipelineExecutableInfoKHR part = {
      VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_INFO_KHR, NULL, pipeline, i
    };
    fprintf(stderr, "\n@@ {\"stats\":{\"part\":\"%s\",\"subgroup\":%u", parts[i].name, parts[i].subgroupSize);
    print_statistics(device, &part);
    fprintf(stderr, "}}\n");
    if (getenv("PIPELINE_TEXT")) print_text(device, &part);
  }
}

static VkResult pipelines(VkDevice device, VkPipelineCache cache, uint32_t count,
                          const VkComputePipelineCreateInfo *infos, const VkAllocationCallbacks *allocator,
                          VkPipeline *made) {
  (void)cache; // a pipeline out of it was not compiled
  VkPipelineCreateFlags capture = VK_PIPELINE_CREATE_CAPTURE_STATISTICS_BIT_KHR;
  if (getenv("PIPELINE_TEXT")) capture |= VK_PIPELINE_CREATE_CAPTURE_INTERNAL_REPRESENTATIONS_BIT_KHR;
  VkResult result = VK_SUCCESS;
  pthread_mutex_lock(&one_at_a_time);
  for (uint32_t i = 0; i < count; i++) {
    VkComputePipelineCreateInfo info = infos[i];
    info.flags |= capture;
    VkResult one = next_pipelines(device, VK_NULL_HANDLE, 1, &info, allocator, made + i);
    if (one) result = one;
    else if (executables && statistics) print_pipeline(device, made[i]);
  }
  pthread_mutex_unlock(&one_at_a_time);
  return result;
}

#define INSTEAD_OF(vulkan, kept, own) \
  if (next && !strcmp(name, vulkan)) { \
    *(PFN_vkVoidFunction *)&kept = next; \
    return (PFN_vkVoidFunction)own; \
  }

static PFN_vkVoidFunction device_proc(VkDevice device, const char *name) {
  PFN_vkVoidFunction next = next_device_proc(device, name);
  INSTEAD_OF("vkCreateComputePipelines", next_pipelines, pipelines)
  return next;
}
static PFN_vkVoidFunction physical_proc(const char *name, PFN_vkVoidFunction next) {
  INSTEAD_OF("vkGetPhysicalDeviceProperties", next_properties, properties)
  INSTEAD_OF("vkGetPhysicalDeviceProperties2", next_properties2, properties2)
  INSTEAD_OF("vkGetPhysicalDeviceProperties2KHR", next_properties2, properties2)
  return next;
}

PFN_vkVoidFunction vk_icdGetInstanceProcAddr(VkInstance instance, const char *name) {
  open_driver();
  PFN_vkVoidFunction next = next_instance_proc(instance, name);
  INSTEAD_OF("vkGetDeviceProcAddr", next_device_proc, device_proc)
  INSTEAD_OF("vkCreateComputePipelines", next_pipelines, pipelines)
  if (next && !strcmp(name, "vkCreateDevice") && !next_device_proc)
    next_device_proc = (PFN_vkGetDeviceProcAddr)next_instance_proc(instance, "vkGetDeviceProcAddr");
  INSTEAD_OF("vkCreateDevice", next_create_device, create_device)
  return physical_proc(name, next);
}
PFN_vkVoidFunction vk_icdGetPhysicalDeviceProcAddr(VkInstance instance, const char *name) {
  open_driver();
  return next_physical_proc ? physical_proc(name, next_physical_proc(instance, name)) : NULL;
}
VkResult vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *version) {
  open_driver();
  return next_negotiate(version);
}
