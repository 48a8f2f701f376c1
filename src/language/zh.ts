import type { Sentences } from "./language";

/**
 * Simplified Chinese. Its plurals have one form, which stands under the English `other`.
 *
 * Words that are said one way: token stays token; 上下文 context, 提示词 prompt, 对话 chat, 回答 answer, 思考
 * thoughts, 模型 model, 权重 weights, 量化 quantized, 分词器 tokenizer, 词表 vocabulary, 张量 tensor, 层 layer, 头
 * head, 键 key, 值 value, 内核 kernel, 着色器 shader, 调优器 tuner, 检查点 checkpoint, 显卡 graphics card, 仓库
 * repository, 许可 licence, 访问令牌 access token, 应用 app, 文件夹 folder. A person is 你. Marks are full-width;
 * a space stands between Chinese and Latin letters or figures, and before a unit.
 */
export const zh = {
  " (reused {reusedTokens})": "（复用 {reusedTokens}）",
  " (this model: {longest})": "（此模型：{longest}）",
  " ({part} bits)": "（{part} 位）",
  " A context for all of it would be over the memory budget.": "能容纳全部内容的上下文会超出内存预算。",
  " and {nDamagedParts} more": "，另有 {nDamagedParts} 部分",
  " and {nMore} more": " 等另外 {nMore} 个",
  " Click one to see what could have been drawn instead.": "点一个 token，可查看原本还可能抽到什么。",
  " in {part} bits": "，{part} 位",
  " of page {page}": "（第 {page} 页）",
  " of {max} that are free": "（空余 {max}）",
  " of {pages}": "（{pages}）",
  " Pick the file again to go on.": "请再次选择该文件以继续。",
  " The browser refused to store more: the disk is full, or nearly.":
    "浏览器拒绝存储更多内容：磁盘已满或将满。",
  " This device can not hold so long a context.": "此设备放不下这么长的上下文。",
  " This is {bytes} over the budget.": "超出预算 {bytes}。",
  " This model can have {longestContext} here at most.": "此模型在这里最多 {longestContext}。",
  " This model reads {longest} at most.": "此模型最多能读 {longest}。",
  " This site may store {quotaBytes} and uses {usedBytes} of it.":
    "本网站可存储 {quotaBytes}，已用 {usedBytes}。",
  " When it was downloaded, the whole had the checksum that its publisher gives.":
    "下载时，整个文件的校验和与发布者给出的一致。",
  " Where it came from no checksum of the whole was given, so what was published could not be compared.":
    "来源没有给出整个文件的校验和，因此无法与发布的内容比较。",
  " with {extras}": "，带 {extras}",
  " · can think first": " · 可以先思考",
  " · not {choice}: {reason}": " · 未用 {choice}：{reason}",
  " · {rate} tokens/s · {duration} left": " · {rate} token/s · 剩余 {duration}",
  '"block_size" is {blockSize}; a power of two from 2 to {mostBlock} is carried out':
    "“block_size”是 {blockSize}；可处理 2 到 {mostBlock} 之间的 2 的幂",
  '"gdn_v_grouped" is true, and "{plainOutput}", whose columns it is about, is not listed':
    "“gdn_v_grouped”为 true，而它所涉及的“{plainOutput}”没有列出",
  '"general.alignment" is {alignment}; it must be a power of two from 8 to 65536.':
    "“general.alignment”是 {alignment}；应为 8 到 65536 之间的 2 的幂。",
  '"model.merges" is not an array.': "“model.merges”不是数组。",
  '"qwen35.full_attention_interval" is {interval}; it must be a whole number from 1.':
    "“qwen35.full_attention_interval”是 {interval}；应为不小于 1 的整数。",
  '"qwen35.rope.scaling.factor" is {factor}; YaRN\'s is at least 1.':
    "“qwen35.rope.scaling.factor”是 {factor}；YaRN 的系数至少为 1。",
  '"qwen35.ssm.inner_size" is {innerSize}, no multiple of the {nValueHeads} value heads.':
    "“qwen35.ssm.inner_size”是 {innerSize}，不是值头数 {nValueHeads} 的倍数。",
  '"sign_values" has {length} numbers; "sign_widths" make it {total}':
    "“sign_values”有 {length} 个数；按“sign_widths”应有 {total} 个",
  '"sign_values" has {value}; each is 1 or −1': "“sign_values”中有 {value}；每个值应为 1 或 −1",
  '"sign_widths" has {width} twice': "“sign_widths”中 {width} 出现了两次",
  '"sign_widths" has {width}, no multiple of the block, {blockSize}':
    "“sign_widths”中有 {width}，不是块大小 {blockSize} 的倍数",
  '"sign_widths" is empty, though "sign_mode" is explicit': "“sign_mode”为 explicit，而“sign_widths”为空",
  '"sign_widths" lacks {width}, the inputs of a listed tensor':
    "“sign_widths”缺少 {width}，即某个所列张量的输入数",
  '"tied_output" is true, and "{embedding}" is not listed as a table':
    "“tied_output”为 true，而“{embedding}”没有列为表",
  '"tied_output" is true, and the file has "{head}" too': "“tied_output”为 true，而文件另有“{head}”",
  '"tied_output" is {tiedOutput} in version {version}; in version 1 it is false, in version 2 true':
    "版本 {version} 中“tied_output”为 {tiedOutput}；版本 1 中应为 false，版本 2 中应为 true",
  '"weight_map" of the index has {value} for "{tensor}"; it must be the name of a .safetensors file.':
    "索引的“weight_map”中“{tensor}”的值是 {value}；应为 .safetensors 文件名。",
  '"weight_map" of the index is empty.': "索引的“weight_map”为空。",
  '"weight_map" of the index is no object.': "索引的“weight_map”不是对象。",
  '"weight_names" names no tensor': "“weight_names”没有列出任何张量",
  '"{embedding}" is rotated and is the head too, which needs version 2':
    "“{embedding}”经过旋转，同时又是输出头，这需要版本 2",
  '"{key}" has a name twice': "“{key}”中有重复的名称",
  '"{key}" has value type {type}; GGUF knows 0 to 12.': "“{key}”的值类型为 {type}；GGUF 只有 0 到 12。",
  '"{key}" holds [{list}]; all layers must have the same count.':
    "“{key}”的值有 [{list}]；所有层的数目应相同。",
  '"{key}" is a {value}, not a string.': "“{key}”是 {value}，不是字符串。",
  '"{key}" is a {value}, not an array.': "“{key}”是 {value}，不是数组。",
  '"{key}" is an array of arrays, which GGUF readers do not take.':
    "“{key}”是数组的数组，GGUF 读取程序不接受。",
  '"{key}" is {value}; it must be a list of names': "“{key}”是 {value}；应为名称列表",
  '"{key}" is {value}; it must be a list of whole numbers': "“{key}”是 {value}；应为整数列表",
  '"{key}" is {value}; it must be a number.': "“{key}”是 {value}；应为数字。",
  '"{key}" is {value}; it must be a whole number.': "“{key}”是 {value}；应为整数。",
  '"{key}" is {value}; it must be above 0.': "“{key}”是 {value}；应大于 0。",
  '"{key}" is {value}; it must be true or false.': "“{key}”是 {value}；应为 true 或 false。",
  '"{key}" is {value}; it must have a whole number for each of {layers}.':
    "“{key}”是 {value}；{layers}中的每一层都应有一个整数。",
  '"{key}" is {value}; this app carries out {allowed}': "“{key}”是 {value}；本应用可处理 {allowed}",
  '"{name}" has 8 bits and zeros of its own; this app reads those in 4 bits only.':
    "“{name}”是 8 位且带有自己的零点；本应用只读取 4 位的这种格式。",
  '"{name}" has a "weight_g_idx"; this app reads compressed-tensors in the order of their columns.':
    "“{name}”带有“weight_g_idx”；本应用只按列的顺序读取 compressed-tensors。",
  '"{name}" has {width} inputs, no multiple of the block, {blockSize}':
    "“{name}”有 {width} 个输入，不是块大小 {blockSize} 的倍数",
  '"{name}" is listed as a table; only "{embedding}" can be one':
    "“{name}”被列为表；只有“{embedding}”可以是表",
  '"{name}" is listed, and the file does not have it': "列出了“{name}”，而文件中没有它",
  '"{name}" is listed; its input is not one that is turned': "列出了“{name}”，但它的输入不在旋转之列",
  '"{name}" is NVFP4 with {columns}; this app reads multiples of {weights}.':
    "“{name}”是 NVFP4，有 {columns}；本应用只读取 {weights} 的倍数。",
  '"{name}" needs a buffer of {sizeBytes}; this device allows {maxBufferSize}.':
    "“{name}”需要 {sizeBytes} 的缓冲区；此设备允许 {maxBufferSize}。",
  '"{path}{key}" of config.json': " config.json 的“{path}{key}”",
  '"{what}" is missing or not an object.': "“{what}”缺失或不是对象。",
  '"{wholeKey}" is {value}; it must be a text.': "“{wholeKey}”是 {value}；应为文本。",
  "(drawn)": "（抽中）",
  "(not found in the document)": "（文档中未找到）",
  ", as the settings say.": "，按设置。",
  ", on the GPU {format}": "，在 GPU 上为 {format}",
  ", under a licence that has to be accepted": "，需要接受许可",
  ", weights as a 4-bit file mixes its types.": "，权重按 4 位文件的混合方式计算。",
  ", {words} of the next": "，下一页的{words}",
  ". “{branch}” has a newer one, {revision}. It is stored beside this one.":
    "。“{branch}”有更新的版本 {revision}，会与此版本一起保存。",
  "1 to 8 query heads for each kv head: a group's queries and scores share 16,384 bytes of workgroup memory":
    "每个 KV 头对应 1 到 8 个查询头：一组的查询和分数共用 16,384 字节的工作组内存",
  "16-bit arithmetic": "16 位运算",
  "16-bit, as the model was published: full quality at over three times the size of 4-bit":
    "16 位，按发布原样：完整质量，大小是 4 位的三倍多",
  "16-bit: full quality at over three times the size of 4-bit": "16 位：完整质量，大小是 4 位的三倍多",
  "2-bit, the last resort: smaller than 3-bit, and often wrong": "2 位，最后的选择：比 3 位更小，经常出错",
  "3-bit, for when 4-bit does not fit: answers get noticeably worse": "3 位，放不下 4 位时使用：回答明显变差",
  "32, 64 or 128: a lane keeps one row of the state in registers":
    "32、64 或 128：每个线程在寄存器中保存状态的一行",
  "32-bit, for comparisons: twice the size of 16-bit, and no better to talk to":
    "32 位，用于比较：大小是 16 位的两倍，聊天效果并不更好",
  "4-bit floating point for NVIDIA's newest cards": "4 位浮点，用于 NVIDIA 最新的显卡",
  "4-bit floating point, meant for models that were trained with it": "4 位浮点，用于以此训练的模型",
  "4-bit in an older, simpler way: Q4_K_M is better at this size":
    "4 位，较旧、较简单的方式：同样大小下 Q4_K_M 更好",
  "4-bit mix": "4 位混合",
  "4-bit with uneven steps: a little smaller than the usual choice, nearly as good":
    "4 位，步长不均：比常用的略小，质量几乎相同",
  "4-bit with uneven steps: smaller than the usual choice, nearly as good":
    "4 位，步长不均：比常用的更小，质量几乎相同",
  "4-bit, a little larger than the usual choice and a little more exact": "4 位，比常用的略大，精度也略高",
  "4-bit, a little smaller than the usual choice and a little less exact": "4 位，比常用的略小，精度也略低",
  "4-bit, the usual choice: good answers at under a third of the size of 16-bit":
    "4 位，常用的选择：回答良好，不到 16 位的三分之一",
  "4: its state is a ring of 4": "4：其状态是长度为 4 的环",
  "5-bit in an older, simpler way: Q5_K_M is better at this size":
    "5 位，较旧、较简单的方式：同样大小下 Q5_K_M 更好",
  "5-bit, a little better than the usual choice": "5 位，比常用的略好",
  "5-bit, a little better than the usual choice and about a fifth larger": "5 位，比常用的略好，约大五分之一",
  "6-bit, very close to 16-bit: for those who have the memory": "6 位，非常接近 16 位：适合内存充足的情况",
  "8-bit": "8 位",
  "8-bit, not to be told from 16-bit in use, at about half its size":
    "8 位，使用中与 16 位没有区别，约为其一半大小",
  ": browsers do not tell how much there is, so this is an estimate. The settings change it.":
    "：浏览器不告知显存大小，因此这是估计值，可在设置中更改。",
  ": it looks like {what}": "：看起来是{what}",
  ": the newest of “{branch}”": "：“{branch}”的最新版本",
  "; a stripe is {tokens}": "；每条代表 {tokens}",
  "; and {more} more": "；另有 {more} 处",
  device: "设备",
  "first token": "第一个 token",
  kernels: "内核",
  "Loaded in {seconds}.": "加载用时 {seconds}。",
  "Loaded in {seconds}: {parts}.": "加载用时 {seconds}：{parts}。",
  "self-check": "自检",
  "Show hidden sheets in a spreadsheet program and save the file, and they are read.":
    "在电子表格程序中显示隐藏的工作表并保存文件，即可读取。",
  "a 7z archive, not a model file": "7z 压缩包，不是模型文件",
  "A bare loop reads {bare}; this load took {transport} to the GPU, {share} of it.":
    "单纯读取为 {bare}；这次加载以 {transport} 送到 GPU，为其 {share}。",
  "A chat that has begun keeps what it follows.": "已开始的对话保持它所用的设置。",
  "a commit of 40 hexadecimal digits": "40 位十六进制的提交编号",
  "a context of {tokens}": "{tokens} 的上下文",
  "a control vector: a direction to steer a model in, not the model": "控制向量：引导模型的方向，不是模型",
  "A conversation needs a question, and instructions come before it.": "对话需要有问题，指令要放在它之前。",
  "a convolution over {tokens}": "跨 {tokens} 的卷积",
  "a document of Pages, Numbers or Keynote": "Pages、Numbers 或 Keynote 文档",
  "A document's text could not be read: {reason}": "无法读取文档的文本：{reason}",
  "a drafter: layers that guess several tokens ahead for a model, not the model":
    "草稿层：为模型提前猜测若干 token 的层，不是模型",
  "a drawing of Visio": "Visio 绘图",
  "a file of an old format of Office": "旧格式的 Office 文件",
  "A folder goes when its last chat leaves it.": "最后一个对话离开后，文件夹会消失。",
  "a folder of blobs": "blob 文件夹",
  "a footer that repeats": "重复的页脚",
  "a Git LFS pointer, not the model: a note of git's in its place":
    "Git LFS 指针，不是模型：git 在其位置留下的记录",
  "a Git LFS pointer, not the model: a note of git's in its place, which has {bytes}":
    "Git LFS 指针，不是模型：git 在其位置留下的记录，模型有 {bytes}",
  "A good balance for a laptop with a graphics card": "适合带独立显卡的笔记本电脑，速度与质量均衡",
  "A GPU program did not compile": "GPU 程序编译失败",
  "a header that repeats": "重复的页眉",
  "A kernel as text, in WGSL. The browser compiles it for this GPU.":
    "以 WGSL 文本写成的内核。浏览器为此 GPU 编译它。",
  "A kernel as the browser compiled it for this GPU, with its constants filled in.":
    "浏览器为此 GPU 编译、填好常量的内核。",
  "A language model of your own": "属于你自己的语言模型",
  "A layer of linear attention. For each head it keeps a matrix that every token fades a little and writes into.":
    "线性注意力层。每个头保存一个矩阵，每个 token 都让它稍微消退并写入内容。",
  "A layer that compares each token with every token before it. Every fourth layer is one; its keys and values grow.":
    "把每个 token 与之前所有 token 比较的层。每四层有一层；它的键和值会增长。",
  "a list": "列表",
  "a LoRA adapter in the format before GGUF, not a model": "GGUF 之前格式的 LoRA 适配器，不是模型",
  "a LoRA adapter: changes to a model's weights, not the model": "LoRA 适配器：对模型权重的改动，不是模型",
  "A LoRA adapter: changes to a model, not a model. This app runs models without them.":
    "LoRA 适配器：对模型的改动，不是模型。本应用不带它运行模型。",
  'A merge makes "{left}" of "{left2}" and "{right}", which is not in the vocabulary.':
    "一个合并规则由“{left2}”和“{right}”得到“{left}”，但词表中没有它。",
  "A message from it could not be read.": "无法读取它的消息。",
  "a model in GGML, the format before GGUF, which no Qwen3.5 was published in":
    "GGML 模型，是 GGUF 之前的格式，没有 Qwen3.5 以此发布",
  "a model: drop it alone to add it": "模型：请单独拖放以添加",
  "a multiple of 32 up to 256: one workgroup holds a head": "32 的倍数且不超过 256：一个工作组容纳一个头",
  "a multiple of 32: products read rows in spans of 32 weights":
    "32 的倍数：矩阵乘积按每段 32 个权重读取各行",
  "A new one for every answer": "每个回答用新的",
  "A new version of the app is ready.": "应用有新版本。",
  "A newer program wrote it. Choose a file of this model in version 3, as llama.cpp writes it.":
    "它由更新的程序写成。请选择此模型第 3 版的文件，即 llama.cpp 写的版本。",
  "A number from {min} to {max}.": "{min} 到 {max} 的数。",
  "a number of bytes": "字节数",
  "a NumPy array, not a model": "NumPy 数组，不是模型",
  "a page's number": "页码",
  "A part of it is no longer stored.": "其中一部分已不在存储中。",
  "A part of the state is no longer stored.": "状态的一部分已不在存储中。",
  "a PDF document, not a model": "PDF 文档，不是模型",
  "A picture could not be looked through for text: {describe}": "无法在图片中查找文字：{describe}",
  "a picture, a sound or a film": "图片、声音或影片",
  "a picture, not a model": "图片，不是模型",
  "a presentation of the kind before 2007 (.ppt)": "2007 年以前的演示文稿（.ppt）",
  "a program": "程序",
  "a program, not a model": "程序，不是模型",
  "a Python pickle (PyTorch), not a model file that is safe to read":
    "Python pickle（PyTorch），不是可安全读取的模型文件",
  "A quarter of the channels keeps α = 1; the others decay, with half-lives from ½ to 2 times. β = 1.":
    "四分之一的通道保持 α = 1；其余衰减，半衰期为 ½ 至 2 倍。β = 1。",
  "A Qwen3.5, 3.6 or 3.8 model (0.8B to 27B) as GGUF or safetensors. What you write stays on this device; the model is kept here, so that the next visit needs no network.":
    "Qwen3.5、3.6 或 3.8 模型（0.8B 至 27B），GGUF 或 safetensors 格式。你写的内容不会离开此设备；模型保存在这里，下次访问不需要网络。",
  "A rainy Saturday in the city with two kids": "和两个孩子在城里过一个下雨的周六",
  "a RAR archive, not a model file": "RAR 压缩包，不是模型文件",
  "A repository on {host} as owner/name, the address of its page, or a link to a .gguf file anywhere.":
    "{host} 上的仓库（owner/name）、其页面地址，或任何地方的 .gguf 文件链接。",
  "A saved state of {bytes}, expected {recurrentBytes}.": "保存的状态有 {bytes}，应为 {recurrentBytes}。",
  "a second context to look into": "供查看的第二个上下文",
  "a server's error in JSON, not a model": "服务器的 JSON 错误信息，不是模型",
  "a server's error in JSON, not a model: “{said}”": "服务器的 JSON 错误信息，不是模型：“{said}”",
  "a server's error in XML, not a model": "服务器的 XML 错误信息，不是模型",
  "a server's error in XML, not a model: “{said}”": "服务器的 XML 错误信息，不是模型：“{said}”",
  "a SHA-256 of 64 hexadecimal digits": "64 位十六进制的 SHA-256",
  "A small program on the GPU: a product of matrices, a norm, a step of attention.":
    "GPU 上的小程序：矩阵乘积、归一化、注意力的一步。",
  "A stored part of it can not be read.": "其中存储的一部分无法读取。",
  "A stored part of it, of {bytes}, is not as it was written.": "其中存储的一部分（{bytes}）与写入时不同。",
  "a tar archive, not a model file": "tar 归档，不是模型文件",
  "a text in XML, not a model": "XML 文本，不是模型",
  "a text, not a model; it begins “{line}”": "文本，不是模型；开头是“{line}”",
  "a token’s way from the worker over the GPU to the page": "一个 token 从 worker 经 GPU 到页面的路径",
  "a vision projector (mmproj), the part of a model that looks at images":
    "视觉投影器（mmproj），是模型中看图像的部分",
  "a web page (“{title}”), not a model": "网页（“{title}”），不是模型",
  "a web page, not a model": "网页，不是模型",
  "A whole number from {min} to {max}.": "{min} 到 {max} 的整数。",
  "a whole number of value heads for each key head: they share its keys":
    "每个键头对应整数个值头：它们共用它的键",
  "A whole step of reading": "完整的一步读取",
  "A whole step of writing": "完整的一步写入",
  "a Word document of the kind before 2007 (.doc)": "2007 年以前的 Word 文档（.doc）",
  "a zip archive (or PyTorch's form of one), not a model file":
    "zip 压缩包（或 PyTorch 的这类格式），不是模型文件",
  "about 1 bit, an experiment for very large models": "约 1 位，用于超大模型的实验",
  "about {duration} to read": "读取约需 {duration}",
  "about {tokens}": "约 {tokens}",
  "Accept its licence on {host} with your account, make an access token there, and put it under “Access token” in the settings. If one is there already, it may not be allowed to read this.":
    "请用你的账户在 {host} 上接受许可，在那里创建访问令牌，并填入设置中的“访问令牌”。如果已经填写，它可能没有读取权限。",
  "Access token": "访问令牌",
  activations: "激活",
  Adapter: "适配器",
  "adapter’s": "适配器的值",
  "Add a model": "添加模型",
  "Add the demo model": "添加演示模型",
  'Added token "{content}" asks for "{flag}", which no Qwen3.5 token does.':
    "附加 token“{content}”要求“{flag}”，而 Qwen3.5 的 token 都没有。",
  "after a context of {select}": "上下文为 {select} 之后",
  "After a switch of context": "切换上下文之后",
  "Again with another model": "用另一个模型重新回答",
  "Again with this seed": "用此种子重新回答",
  "All chats": "所有对话",
  "All figures and settings of this answer": "此回答的全部数据和设置",
  "All models, chats, saved reading and settings were deleted from this browser.":
    "已从此浏览器删除所有模型、对话、已存的阅读结果和设置。",
  "All pairs of the right end of the curves, read back by how long ago they were stored. The window holds the last ones exactly, and the state answers for what it does not hold, as in hybrid models.":
    "曲线右端的全部键值对，按存入的先后读回。窗口精确保存最近的，其余由状态回答，与混合模型一样。",
  "all settings, and the access token if you gave one": "所有设置，以及你提供的访问令牌（如果有）",
  "All {parts} are as they were written.": "全部 {parts}都与写入时一致。",
  "All {parts} can be read; {nUnknown} have no checksum to compare with.":
    "全部 {parts}都可读取；其中 {nUnknown} 部分没有可供比较的校验和。",
  "Allow it, and the model is loaded from where it lies on your disk.":
    "允许之后，会从磁盘上的原处加载模型。",
  "Allow reading the file": "允许读取文件",
  "Allow this address to store site data, then reload the page: what it holds now is gone with that.":
    "允许此地址存储网站数据，然后重新加载页面：现有的内容会随之消失。",
  "An ability of WebGPU that only some devices have.": "只有部分设备才有的 WebGPU 能力。",
  "An access token has letters, digits and signs only, without spaces. Copy it once more.":
    "访问令牌只含字母、数字和符号，不含空格。请重新复制。",
  "An added token has id {id} and content {content}.": "一个附加 token 的编号为 {id}，内容为 {content}。",
  "An address starting with “{protocol}” can not be fetched. Models are fetched over https.":
    "无法获取以“{protocol}”开头的地址。模型通过 https 获取。",
  "An answer ends after this many new tokens, thoughts included.":
    "达到这么多新 token 后结束回答，思考也计算在内。",
  "An answer is being written. Another model ends it where it is.":
    "正在书写回答。换成另一个模型会使它就此结束。",
  "an archive": "压缩包",
  "an array of {length}": "长度为 {length} 的数组",
  "An empty dispatch": "一次空调度",
  "an even number within the head: dims are rotated in pairs": "不超过头大小的偶数：维度成对旋转",
  "an HDF5 file (Keras), not a model of this family": "HDF5 文件（Keras），不是此系列的模型",
  "an image": "图像",
  "an importance matrix (imatrix): statistics for those who quantize models, not a model":
    "重要性矩阵（imatrix）：供量化模型使用的统计数据，不是模型",
  "an object": "对象",
  "an XPS file": "XPS 文件",
  "and {count} more": "另有 {count} 个",
  "Another chat is still being answered…": "另一个对话仍在回答中…",
  "Another model is still being stored. Wait for it, or cancel it in the model panel.":
    "另一个模型仍在存储中。请等待，或在模型面板中取消。",
  "Another one from the hub, or from a link": "从 hub 或链接添加另一个",
  "Another tab runs a new version of the app now.": "另一个标签页已在运行新版本。",
  Answer: "回答",
  "Answer again": "重新回答",
  "Answer finished": "回答完成",
  "Answer this": "回答这个",
  Answering: "正在回答",
  Answers: "回答",
  "Answers once the model is loaded": "模型加载后回答",
  "Apples, bread and two blue cups": "苹果、面包和两个蓝杯子",
  Architecture: "架构",
  Archive: "归档",
  "Archive this chat": "归档此对话",
  Archived: "已归档",
  "Archived “{title}”.": "已归档“{title}”。",
  'Array "{key}"': "数组“{key}”",
  "As a table": "以表格显示",
  "As of commit {revision}{isGated}. Below each model: about the GPU memory it takes, by length of context.":
    "提交 {revision}{isGated}。每个模型下方是各种上下文长度约需的 GPU 内存。",
  "As the browser": "跟随浏览器",
  "as the model's own": "按模型自身",
  "As the system": "跟随系统",
  "As usual{device}": "常规{device}",
  "As wide as the window": "与窗口同宽",
  "Ask again": "重新查询",
  "Ask for the passages an answer rests on; each becomes a link to its place":
    "要求给出回答所依据的段落；每一处都会成为指向原文的链接",
  "Ask something, or open a chat.": "请先提问，或打开一个对话。",
  "Ask the hub": "询问 hub",
  "Ask there, or press “Use it here” first.": "请在那里提问，或先点“在此使用”。",
  "Ask {host} for sizes and memory": "向 {host} 查询大小和内存",
  "asked for": "请求值",
  "Asking for “{text}”…": "正在查询“{text}”…",
  "Asking the engine…": "正在询问引擎…",
  "Asking {host} for sizes and memory": "正在向 {host} 查询大小和内存",
  "asking…": "正在查询…",
  "At {tokens} {totalBytes}, of which {kvBytes} keys and values; with full attention in every layer {allFullBytes}.{overBudget}{overModel}":
    "{tokens} 时为 {totalBytes}，其中键和值占 {kvBytes}；若每一层都用全注意力，则为 {allFullBytes}。{overBudget}{overModel}",
  "Attach a copy without protection, or paste the passage you need.":
    "请附上没有保护的副本，或粘贴需要的段落。",
  "Attach a folder": "附上文件夹",
  "Attach another file.": "请附上另一个文件。",
  "Attach documents": "附上文档",
  "Attach it by itself": "单独附上",
  "Attach it to a message to ask about it, or download the model itself again.":
    "请附在消息中进行提问，或重新下载模型本身。",
  "Attach the document again, or start a new chat without it.": "请重新附上文档，或不带它开始新对话。",
  "Attach the part of it that you need.": "请附上需要的部分。",
  "Attach {path} by itself": "单独附上 {path}",
  "Attaches a short inventory, with a question about it": "附上一份简短的清单，并提一个问题",
  Attention: "注意力",
  "experts of {width} columns": "专家宽度 {width}",
  "{used} of {count} experts for a token": "每个 token 使用 {count} 个专家中的 {used} 个",
  "up to 16 of at most 1,024: one workgroup chooses among them":
    "最多 1,024 个专家中的至多 16 个：由一个工作组从中选择",
  "attention head size {headDim}": "注意力头大小 {headDim}",
  "Attention over {positions}; the largest stand in the table below":
    "对 {positions}的注意力；最大的列在下面的表格中",
  "Attention values have {valueLength} dims and keys {headDim}; in Qwen3.5 they are equal.":
    "注意力的值有 {valueLength} 维，键有 {headDim} 维；在 Qwen3.5 中两者相等。",
  "attention weight": "注意力权重",
  "Automatic{automatic}": "自动{automatic}",
  "Automatic{auto}": "自动{auto}",
  "Automatic{chosen}": "自动{chosen}",
  "Back to footnote {number} in the text": "回到正文中的脚注 {number}",
  "Back to the chat": "返回对话",
  "Back to the model's own": "恢复模型自身的设置",
  "Begin new chats with it": "新对话从它开始",
  Bench: "基准测试",
  "beside the article": "正文之外的内容",
  Bindings: "绑定",
  bindings: "绑定",
  "Browsers do not tell how much memory the graphics card has, so half of this machine's is assumed. Say here what yours can give; a larger model or context then loads by itself.":
    "浏览器不告知显卡有多少内存，因此按本机内存的一半估计。在此说明你的显卡能提供多少；之后会自动加载更大的模型或上下文。",
  budget: "预算",
  "budget of this device": "此设备的预算",
  "Buffers through which the weights reach the GPU. They are given back when the model has loaded.":
    "权重经由它们到达 GPU 的缓冲区。模型加载后归还。",
  "By age, with a window of exact attention": "按新旧，带精确注意力窗口",
  "By kernel: {step}": "按内核：{step}",
  "By layer: {step}": "按层：{step}",
  "By the header of a file on the hub": "按 hub 上文件的文件头",
  Bytes: "字节",
  "Bytes a token": "每个 token 的字节数",
  "Bytes each": "每次字节数",
  "bytes {offset} to {end} were asked for; it has {sizeBytes}":
    "请求第 {offset} 到 {end} 字节，而文件只有 {sizeBytes}",
  Cancel: "取消",
  "Cancel that first.": "请先取消它。",
  "Cancel: {title}": "取消：{title}",
  Candidates: "候选",
  "Change the limit": "更改上限",
  Chat: "对话",
  Chats: "对话",
  "Chats and documents": "对话和文档",
  "Chats changed last": "最近更改的对话",
  "Chats of a folder stand together in the list.": "同一文件夹的对话在列表中排在一起。",
  "Chats, documents and models lie in this browser. See what takes room, and delete it.":
    "对话、文档和模型都在此浏览器中。查看占用空间的内容并删除。",
  Check: "核对",
  check: "核对",
  "Check the address and the network. If the file downloads in a new tab, open it here from the disk instead.":
    "请检查地址和网络。如果文件能在新标签页中下载，请下载后从磁盘打开。",
  "Check the address.": "请检查地址。",
  "Check the address. On Hugging Face, copy the link of the file's download button.":
    "请检查地址。在 Hugging Face 上请复制文件下载按钮的链接。",
  "Check the hub address in the settings.": "请检查设置中的 hub 地址。",
  "Check the hub address in the settings: it has to be a hub, or a mirror of one.":
    "请检查设置中的 hub 地址：它应当是 hub 或其镜像。",
  "Check the name. For a private or gated one put an “Access token” in the settings.":
    "请检查名称。对于私有或受限的仓库，请在设置中填写“访问令牌”。",
  "Check the network, then try again.": "请检查网络，然后重试。",
  "Check the spelling: it is owner/name, as in the address of its page.":
    "请检查拼写：形式为 owner/name，与其页面地址一致。",
  checkpoints: "检查点",
  "Chinese (simplified)": "简体中文",
  "Choose a .gguf file, or all files of a model in .safetensors.":
    "请选择 .gguf 文件，或一个 .safetensors 模型的全部文件。",
  "Choose a dense Qwen3.5 as one GGUF file, in Q4_K_M, Q8_0 or another of the formats listed in the README.":
    "请选择稠密的 Qwen3.5，单个 GGUF 文件，格式为 Q4_K_M、Q8_0 或 README 中列出的其他格式。",
  "Choose a dense Qwen3.5: its GGUF, or the folder of its safetensors in BF16, F16, F32, MLX, GPTQ, AWQ, compressed-tensors or FP8.":
    "请选择稠密的 Qwen3.5：它的 GGUF，或 BF16、F16、F32、MLX、GPTQ、AWQ、compressed-tensors 或 FP8 的 safetensors 文件夹。",
  "Choose a file with a chat template, as published Qwen3.5 files have.":
    "请选择带有对话模板的文件，公开的 Qwen3.5 文件都有。",
  "Choose a GGUF file that holds its tokenizer, as nearly all do. Or pick the file on the disk together with its tokenizer.json.":
    "请选择含有分词器的 GGUF 文件，几乎所有文件都有；或从磁盘同时选择该文件和它的 tokenizer.json。",
  "Choose a longer context": "选择更长的上下文",
  "Choose a model": "选择模型",
  'Choose a model file whose name ends in ".gguf", or a folder with ".safetensors".':
    "请选择名称以“.gguf”结尾的模型文件，或 .safetensors 文件夹。",
  "Choose a model in the model panel.": "请在模型面板中选择模型。",
  "Choose a model that was made with it, a .gguf file without “imatrix” in its name.":
    "请选择用它制作的模型，即名称中没有“imatrix”的 .gguf 文件。",
  "Choose a model, then try again.": "请先选择模型，然后重试。",
  "Choose a Qwen3.5 model.": "请选择 Qwen3.5 模型。",
  "Choose a shorter context or a smaller model, or close other tabs that use the GPU.":
    "请选择更短的上下文或更小的模型，或关闭其他使用 GPU 的标签页。",
  "Choose a shorter context or a smaller model.": "请选择更短的上下文或更小的模型。",
  "Choose a smaller model": "选择更小的模型",
  "Choose a smaller model.": "请选择更小的模型。",
  "Choose all of its files together, or the folder they are in.":
    "请一起选择它的全部文件，或它们所在的文件夹。",
  "Choose another file of the same model, or Q4_K_M of the model that it was made from.":
    "请选择同一模型的其他文件，或它所源自的模型的 Q4_K_M。",
  "Choose another file of the same model: Q4_K_M, or Q3_K_M, IQ3_XXS or Q2_K where memory is short.":
    "请选择同一模型的另一个文件：Q4_K_M；内存不足时选 Q3_K_M、IQ3_XXS 或 Q2_K。",
  "Choose another file of the same repository: Q4_K_M, or Q3_K_M, IQ3_XXS or Q2_K where memory is short.":
    "请选择同一仓库的其他文件：Q4_K_M；内存不足时选 Q3_K_M、IQ3_XXS 或 Q2_K。",
  "Choose another language, or attach a larger picture of the text.":
    "请选择另一种语言，或附上文字更大的图片。",
  "Choose another language, or attach a sharper scan.": "请选择另一种语言，或附上更清晰的扫描件。",
  "Choose another model": "选择另一个模型",
  "Choose files of {name}": "选择 {name} 的文件",
  "Choose files…": "选择文件…",
  "Choose the archive as it was saved.": "请按保存时的样子选择压缩包。",
  "Choose the archive of the backup as it was saved, a .zip.": "请按保存时的样子选择备份压缩包（.zip）。",
  "Choose the file or its folder instead, or drop it on this page.":
    "请改为选择文件或其文件夹，或把它拖放到此页面。",
  "Choose the folder with all files of the model, or its repository on a hub.":
    "请选择含有模型全部文件的文件夹，或它在 hub 上的仓库。",
  "Choose the model beside it, a .gguf file without “mmproj” in its name. This app reads and writes text.":
    "请选择它旁边的模型，即名称中没有“mmproj”的 .gguf 文件。本应用只读写文本。",
  "Choose the model itself, a .gguf file of hundreds of megabytes or more.":
    "请选择模型本身，即几百 MB 或更大的 .gguf 文件。",
  "Choose the model that it belongs to, a .gguf file without “mtp” or “draft” in its name.":
    "请选择它所属的模型，即名称中没有“mtp”或“draft”的 .gguf 文件。",
  "Choose the model that it was made for; this app runs it without the adapter. To have both, merge the adapter into the model (PEFT's merge_and_unload) and choose the result.":
    "请选择它所针对的模型；本应用不带适配器运行。要两者兼有，请用 PEFT 的 merge_and_unload 把适配器合并进模型，再选择结果。",
  "Choose the model that it was made for; this app runs it without the adapter. To have both, merge the adapter into the model and convert that to GGUF.":
    "请选择它所针对的模型；本应用不带适配器运行。要两者兼有，请把适配器合并进模型，再转换为 GGUF。",
  "Choose the model that it was made for; this app runs it without the vector.":
    "请选择它所针对的模型；本应用不带该向量运行。",
  "Choose the same model as a .gguf file or in .safetensors: this app does not run anything from a file.":
    "请选择同一模型的 .gguf 或 .safetensors：本应用不运行文件中的任何代码。",
  "Choose the whole folder of the model that it belongs to.": "请选择它所属模型的整个文件夹。",
  "Choose the whole folder of the model. This app reads and writes text.":
    "请选择模型的整个文件夹。本应用只读写文本。",
  "Choose…": "选择…",
  "Choosing the preset in a chat loads this model.": "在对话中选择此预设时加载此模型。",
  Close: "关闭",
  "Close the document": "关闭文档",
  "Close the panel": "关闭面板",
  "Close the preview": "关闭预览",
  "Close what is open, or stop the answer": "关闭已打开的内容，或停止回答",
  "Close {name}": "收起 {name}",
  "comes with the app": "随应用提供",
  Commands: "命令",
  "Compare with a bare read": "与单纯读取比较",
  "Compiling for your GPU": "正在为你的 GPU 编译",
  Context: "上下文",
  context: "上下文",
  "Context by part": "各部分占用的上下文",
  "Context length": "上下文长度",
  "Context used": "已用上下文",
  "Continue reading": "继续读取",
  Conversation: "对话内容",
  "Convert it with gguf-py's gguf_convert_endian, or get the ordinary file.":
    "请用 gguf-py 的 gguf_convert_endian 转换，或获取普通的文件。",
  "Convolution state": "卷积状态",
  "convolution state": "卷积状态",
  Copied: "已复制",
  "Copied.": "已复制。",
  "Copied. Nothing of your chats is in it.": "已复制。其中没有任何对话内容。",
  "Copies of the recurrent state at earlier places of the chat. An edited question goes on from one instead of reading all again.":
    "对话较早位置的循环状态副本。编辑过的问题可从其中一个继续，不必全部重读。",
  "Copy and use it": "复制并使用",
  "Copy answer": "复制回答",
  "Copy as JSON": "复制为 JSON",
  "Copy code": "复制代码",
  "Copy message": "复制消息",
  "Copy of {name}": "{name} 的副本",
  "Copy of {title}": "{title} 的副本",
  "Copy report": "复制报告",
  "Copy the source": "复制源代码",
  Correlated: "相关",
  "Cosine between the value that was stored and what was read.": "存入的值与读出结果之间的余弦。",
  "counting tokens, {share} %…": "正在计算 token，{share}%…",
  "Damaged model": "已损坏的模型",
  Dark: "深色",
  "Dark theme": "深色主题",
  Data: "数据",
  Delete: "删除",
  "Delete a stored model or old chats, then attach it again.": "请删除已存储的模型或旧对话，然后重新附上。",
  "Delete a stored model or old chats: the chat is saved as soon as there is room, while this page is open.":
    "请删除已存储的模型或旧对话：只要此页面开着，一有空间就会保存对话。",
  "Delete a stored model, or free space on the disk, then try again. What has come so far is kept, and goes on from there.":
    "请删除已存储的模型，或释放磁盘空间，然后重试。已下载的内容会保留，并从那里继续。",
  "Delete all": "全部删除",
  "Delete all that is stored here?": "删除这里存储的所有内容？",
  "Delete all…": "全部删除…",
  "Delete message": "删除消息",
  "Delete saved reading or a stored model in the storage panel; chats go on without it.":
    "请在存储面板中删除已存的阅读结果或模型；没有它对话也能继续。",
  "Delete the chat": "删除对话",
  "Delete the model": "删除模型",
  "Delete the reading of {title}": "删除 {title} 的阅读结果",
  "Delete this chat": "删除此对话",
  "Delete what does not fit": "删除放不下的",
  "Delete {label}, {bytes}": "删除{label}，{bytes}",
  "Delete {name}": "删除 {name}",
  "Delete {name}?": "删除 {name}？",
  "Deleted the preset “{name}”.": "已删除预设“{name}”。",
  "Deleted {what}.": "已删除{what}。",
  "Deleted “{title}”.": "已删除“{title}”。",
  "Deleting it frees {receivedBytes}; it can then be stored again.":
    "删除它可释放 {receivedBytes}；之后可以重新存储。",
  DeltaNet: "DeltaNet",
  "DeltaNet key size {keyDim}": "DeltaNet 键大小 {keyDim}",
  "DeltaNet value size {valueDim}": "DeltaNet 值大小 {valueDim}",
  "Details of {name}": "{name} 的详情",
  Device: "设备",
  Diagram: "图表",
  Dictate: "听写",
  "differs from the baseline by {relative}, at most {most}": "与基准相差 {relative}，最多允许 {most}",
  Dismiss: "忽略",
  Dispatch: "调度",
  dispatch: "调度",
  Dispatches: "调度次数",
  "Dispatches a token": "每个 token 的调度次数",
  "Dispatches in order": "按顺序的调度",
  "Do not run it. Download the model itself again, as a .gguf file.":
    "请勿运行它。请重新下载模型本身，.gguf 文件。",
  "Do not wrap long lines": "长行不换行",
  Document: "文档",
  "Document: {name}": "文档：{name}",
  Documents: "文档",
  "Documents are read": "文档已读完",
  "Documents for the next message": "下一条消息的文档",
  "Documents of this message": "此消息的文档",
  "Documents without a chat": "没有对话的文档",
  "Done in {elapsedMs} s. Curves are means over {nTrials} sets of pairs.":
    "用时 {elapsedMs} 秒。曲线为 {nTrials} 组键值对的平均值。",
  Download: "下载",
  "Download and start": "下载并启动",
  "Download and start {name}": "下载并启动 {name}",
  "Download and use it": "下载并使用",
  "Download as diagram.mmd": "下载为 diagram.mmd",
  "Download as diagram.svg": "下载为 diagram.svg",
  "Download as {name}": "下载为 {name}",
  "Download the file yourself, then open it here from the disk.": "请自行下载文件，再从磁盘打开。",
  "Download the model itself again, as a .gguf file or as a folder with .safetensors.":
    "请重新下载模型本身，.gguf 文件或 .safetensors 文件夹。",
  "Download the newer one ({sizeOf})": "下载更新的版本（{sizeOf}）",
  "Draw the diagram": "绘制图表",
  Drawing: "绘图",
  "Drawing took longer than {seconds} s and was stopped. This is its source.":
    "绘制超过 {seconds} 秒，已停止。这是它的源代码。",
  "Driver’s description": "驱动程序的描述",
  "Drop documents to ask about, or a model to use": "拖放要询问的文档，或要使用的模型",
  Duplicate: "复制一份",
  "Duplicate this chat": "复制此对话",
  "Each bar is a layer, on one scale of {highest}; every fourth has full attention.":
    "每条是一层，同一比例尺，最大 {highest}；每四层中有一层用全注意力。",
  "Each {term} {term2} remembers in a {term3} of its own. Here is what the conversation did to it.":
    "每个 {term} {term2}都用自己的{term3}来记忆。下面是对话对它的影响。",
  "Each {term}, each layer and a whole step run on a state of their own: the chat is left as it is. It takes some seconds. While you chat nothing is recorded.":
    "每个{term}、每一层和完整的一步都在各自的状态上运行：对话不受影响。需要几秒钟。平时聊天时不做任何记录。",
  "Earlier tokens": "更早的 token",
  "Edit message": "编辑消息",
  "Edit the answer": "编辑回答",
  "Edit the last question, from an empty box": "在空消息框中编辑上一个问题",
  "Edit the message": "编辑消息",
  "Edited by hand": "手动编辑过",
  embedding: "嵌入层",
  embeddings: "嵌入",
  "Embeddings and head": "嵌入层和输出头",
  "empty: it has 0 bytes": "空文件：0 字节",
  Encode: "编码",
  encode: "编码",
  "Encoding {select}": "编码 {select}",
  "Ended at the limit of new tokens for one answer.": "已达到单次回答新 token 的上限。",
  "Ended at the limit of {max} new tokens for one answer.": "已达到单次回答 {max} 个新 token 的上限。",
  Engine: "引擎",
  English: "英语",
  "Enter sends, Shift + Enter starts a line": "Enter 发送，Shift + Enter 换行",
  Entry: "元素",
  'Entry {i} of array "{key}"': "数组“{key}”的第 {i} 项",
  'Entry {wrong} of "{key}" is a {value}.': "“{key}”的第 {wrong} 项是 {value}。",
  Error: "误差",
  "every order to the GPU in a row, to be saved as a trace":
    "对 GPU 的每一条指令，按顺序排列，可保存为跟踪文件",
  Everywhere: "任何位置",
  "Explain something": "解释一件事",
  "Explain to a ten-year-old why the sky is blue and sunsets are red.":
    "请向一个十岁的孩子解释，为什么天空是蓝色的，而日落是红色的。",
  "Export a part of the chats, and take the parts in one after another.": "请导出一部分对话，分批导入。",
  "Export it as PDF, or as .docx, .xlsx or .pptx, and attach that.":
    "请导出为 PDF，或 .docx、.xlsx、.pptx，再附上。",
  "Export the mails that you need by themselves, and attach those.": "请单独导出需要的邮件，再附上。",
  "Export trace": "导出跟踪文件",
  "Exports of this app, ChatGPT, Open WebUI and llama.cpp can be taken in.":
    "可以导入本应用、ChatGPT、Open WebUI 和 llama.cpp 的导出文件。",
  "f32 rate": "f32 速率",
  feature: "功能",
  Features: "功能",
  "Features that no kernel needs": "没有内核需要的功能",
  "Fetch the language": "获取该语言",
  "Figures of every token": "每个 token 的数据",
  "Figures of the answer": "此回答的数据",
  File: "文件",
  Files: "文件",
  "Files of {name}": "{name} 的文件",
  "Files of “{name}”": "“{name}”的文件",
  "Files picked together: {name}": "一起选中的文件：{name}",
  "Files that are no models of their own ({nSetAside})": "本身不是模型的文件（{nSetAside}）",
  "Files that came with the mail: {name}": "邮件附带的文件：{name}",
  "Find a chat": "查找对话",
  "Find a chat or a command": "查找对话或命令",
  "Find a setting": "查找设置",
  "Fit to the width": "适应宽度",
  "fits this device": "适合此设备",
  "Folder of documents": "文档文件夹",
  "Folder: {name}": "文件夹：{name}",
  "Footnote {number}": "脚注 {number}",
  Footnotes: "脚注",
  "For every chat that follows no preset and says nothing else itself.":
    "用于没有预设、也没有自己设置的每个对话。",
  "For example: Answer briefly, and in the language of the question.": "例如：请简短回答，并使用提问的语言。",
  "Forget it": "忘记它",
  Free: "空余",
  French: "法语",
  "from a file": "来自文件",
  "From and to, ms": "开始和结束，ms",
  "From here on, the {count} oldest turns ({tokens}) are no longer read.":
    "从这里起，最早的 {count} 轮对话（{tokens}）不再被读取。",
  "From stored file to first token: {endMs} s": "从存储的文件到第一个 token：{endMs} 秒",
  "From the first token (left) to the last, the deeper the more it looked there{binTokens}.":
    "从第一个 token（左）到最后一个，颜色越深表示看得越多{binTokens}。",
  "from the model's file": "来自模型文件",
  "from your usual settings": "来自你的常用设置",
  "from {card}'s model card": "来自 {card} 的模型卡",
  "From {unit}": "从{unit}",
  "from “{name}”": "来自“{name}”",
  "from, ms": "开始（ms）",
  "full attention": "全注意力",
  General: "通用",
  German: "德语",
  "Get a newer file of this model.": "请获取此模型更新的文件。",
  "Get the file again from the program that wrote it.": "请从写出该文件的程序重新获取。",
  "Get the file again from where it came from.": "请从来源重新获取该文件。",
  "Get the file again, or open it in its own program and save it anew.":
    "请重新获取该文件，或在它自己的程序中打开并另存。",
  "Get the file again, or print it to a new PDF.": "请重新获取该文件，或打印成新的 PDF。",
  "Give a repository as owner/name, such as {example}, the address of its page, or that of a .gguf file.":
    "请输入“所有者/名称”形式的仓库（例如 {example}）、其页面的网址，或某个 .gguf 文件的网址。",
  "Give the link of the file itself.": "请给出文件本身的链接。",
  "Give the whole address of a .gguf file. It starts with https://.":
    "请给出 .gguf 文件的完整地址，以 https:// 开头。",
  "Go on": "继续",
  "Go to the first or the last chat": "转到第一个或最后一个对话",
  "Go to the message box": "转到消息框",
  "Go to the next or the previous chat": "转到下一个或上一个对话",
  "Go to the options of the chat": "转到对话的选项",
  GPU: "GPU",
  "GPU memory": "GPU 内存",
  "GPU memory for models": "模型的 GPU 内存",
  "GPU memory that is taken at this moment.": "此刻占用的 GPU 内存。",
  "GPU memory that models may take. The settings have a field for it: “GPU memory for models”.":
    "模型可用的 GPU 内存。设置中有对应的一项：“模型的 GPU 内存”。",
  "GPU memory that this model takes by its plan, with the chosen context full.":
    "按规划，此模型在所选上下文占满时占用的 GPU 内存。",
  "GPU memory with a context of {tokens}": "上下文为 {tokens} 时的 GPU 内存",
  "GPU memory, about, by length of context": "各种上下文长度约需的 GPU 内存",
  "GPU memory: {total} of {budget}, of which the context takes {context}":
    "GPU 内存：{total} / {budget}，其中上下文占 {context}",
  "GPU, by the wall clock": "GPU（按挂钟时间）",
  "graphics adapter": "图形适配器",
  "Group a list of words by their anagrams": "把一组单词按字母重排归类",
  "Groups of 32 to 256 lanes that a dispatch starts, along three axes.":
    "一次调度启动的、每组 32 至 256 个通道的组数，沿三个轴。",
  grows: "增长部分",
  "Half of each key is shared by all: a cosine of ½ between any two.":
    "每个键有一半是共有的：任意两个的余弦为 ½。",
  "Half of what repeated measurements differ by, or what the clock can not tell apart, if that is more.":
    "重复测量之间差异的一半；若时钟的分辨能力更差，则取后者。",
  "Half-life": "半衰期",
  "half-life": "半衰期",
  "Half-life of what decays": "衰减的半衰期",
  "Half-life, tokens (logarithmic)": "半衰期，token 数（对数）",
  "Have it recognised here: the text is then a good guess, not what the file says.":
    "可在这里识别：得到的文本是较好的推测，而非文件所写。",
  "Have the file checked in the storage panel, load it again, or use another file of this model.":
    "请在存储面板中校验文件，重新加载，或使用此模型的另一个文件。",
  head: "头",
  "Head {select}": "头 {select}",
  "Headers, footers and page numbers that repeat are left out on {pages}; the document view shows them.":
    "{pages}上重复的页眉、页脚和页码已略去；文档视图中可以看到。",
  "hidden size {hiddenSize}": "隐藏层大小 {hiddenSize}",
  "Hide the list of chats": "隐藏对话列表",
  "Hide this note": "隐藏此提示",
  High: "高",
  Highest: "最高",
  Host: "主机",
  "How exact the model's numbers are kept. 8-bit is not to be told from 16-bit in use; the 4-bit mix takes about half of that, answers faster, and is a little less exact. The stored files stay as they are.":
    "模型的数值保存得多精确。8 位在使用中与 16 位没有区别；4 位混合约占一半，回答更快，精度略低。存储的文件保持不变。",
  "How exactly the model keeps what it has read. 8 bits take about half the memory of 16; answers change very little. Automatic takes 8 bits for contexts of 8,192 tokens and more.":
    "模型以多高的精度保存读过的内容。8 位约占 16 位一半的内存；回答变化很小。自动：上下文达到 8,192 个 token 时用 8 位。",
  "How freely words are chosen. 0 always takes the likeliest; higher is livelier, and less sure.":
    "选词的自由程度。0 总是取最可能的词；越高越活泼，也越不确定。",
  "How it was drawn is not stored: the present instructions and sampling are taken.":
    "未保存当时的抽样方式：采用当前的指令和采样设置。",
  "how long each kernel and each layer takes, and how near that is to what the device can do":
    "每个内核和每一层用时多少，离设备的极限有多近",
  "How long the model thinks before it answers, where it thinks at all.": "模型在思考时，回答前思考多久。",
  "How many pairs it holds": "能容纳多少键值对",
  "How much of a chat and its documents the model can hold, in tokens; a token is about three quarters of a word. A longer context takes more GPU memory.":
    "模型能容纳多少对话和文档，以 token 计；一个 token 约为一到两个汉字。上下文越长，占用的 GPU 内存越多。",
  "How often the kernel was timed. The time is the mean.": "内核计时的次数。用时为平均值。",
  "Hub address": "hub 地址",
  "Hugging Face, a mirror of it, or your company's own server. Leave it empty for Hugging Face.":
    "Hugging Face、它的镜像，或你公司自己的服务器。留空则为 Hugging Face。",
  "If it is on this computer, choose it from the disk instead. {hint}":
    "如果它在这台电脑上，请改为从磁盘选择。{hint}",
  "If there is text in it, have it recognised here.": "如果其中有文字，可在这里识别。",
  in: "语言",
  "In 8 bits": "用 8 位",
  "In 8 bits some devices read long documents faster, and answers can differ a little. Measure both on the bench page. Chats read before are read again.":
    "用 8 位，有些设备读取长文档更快，回答可能略有不同。可在基准测试页上分别测量。之前读过的对话会重读。",
  "In a private window, or with site data blocked, documents can not be attached. Paste the text.":
    "在隐私窗口中或网站数据被禁止时，无法附上文档。请粘贴文本。",
  "In a virtual machine or a remote session there is often none.": "虚拟机或远程会话中往往没有显卡。",
  "In another tab": "在另一个标签页中",
  "In the document": "在文档中",
  "in the page": "在页面中",
  "In the texts": "在文本中",
  "in the worker": "在 worker 中",
  "In use": "使用中",
  "in use": "使用中",
  "in: no file": "已附：无文件",
  "in: {files}, {tokens}": "已附：{files}，{tokens}",
  "Independent directions: two of them overlap by 1/√size.": "相互独立的方向：两个方向的重叠为 1/√size。",
  Inspect: "检查",
  "Install as an app": "安装为应用",
  "It belongs to another model. Get the one from where this model is from.":
    "它属于另一个模型。请从此模型的来源获取。",
  "It changed while it was read, or is not all there. Try again.": "读取期间它被更改，或不完整。请重试。",
  "It could not be read.": "无法读取。",
  "It has no message to show.": "其中没有可显示的消息。",
  "It has no message.": "其中没有消息。",
  "It has none: all is added, nothing is forgotten.": "没有门：全部相加，什么都不忘。",
  "It has {bytes} now, and had {sizeBytes}.": "它现在有 {bytes}，之前有 {sizeBytes}。",
  "It has {characters}; {characters2} can be taken in at most.":
    "它有 {characters}；最多可导入 {characters2}。",
  "It has {messages}; {messages2} can be taken in at most.": "它有 {messages}；最多可导入 {messages2}。",
  "It is being answered at the moment.": "目前正在回答它。",
  "It is damaged, or not all there. Get it again from where the model is from.":
    "它已损坏或不完整。请从模型的来源重新获取。",
  "It is damaged.": "它已损坏。",
  "It is damaged. Get it again from where the model is from.": "它已损坏。请从模型的来源重新获取。",
  "It is fetched when it is first used: check the connection, then try again.":
    "首次使用时才会获取：请检查网络连接，然后重试。",
  "it is no longer stored in this browser.": "它已不在此浏览器中。",
  "it is not stored, or was deleted in another tab": "它没有存储，或已在另一个标签页中删除",
  "It is not the tokenizer of a Qwen3.5 model. Get it again from where the model is from.":
    "它不是 Qwen3.5 模型的分词器。请从模型的来源重新获取。",
  "It is split into {files}, of which the repository has {nWeights}.":
    "它分为 {files}，仓库中有 {nWeights} 个。",
  "It is split into {files}, of which {nParts} lie here.": "它分为 {files}，这里只有其中 {nParts} 个。",
  "It is there twice.": "它出现了两次。",
  "It kept {value} % of the head’s state (a {term} of {figure} tokens), wrote with strength {term2} = {beta}, and changed it by {written} to a {term3} of {norm}.":
    "它保留了该头状态的 {value}%（{term} {figure} 个 token），以强度 {term2} = {beta} 写入，改变了 {written}，{term3}为 {norm}。",
  "It may belong to a model. Choose the .gguf file, or the whole folder with .safetensors.":
    "它可能属于某个模型。请选择 .gguf 文件，或整个 .safetensors 文件夹。",
  "It may have been changed, moved or deleted. Choose it again.": "它可能被更改、移动或删除了。请重新选择。",
  "It may need a login: accept its licence on the site if it has one, then put an access token of your account in the settings. Or download it from the site yourself, and open it here from the disk.":
    "可能需要登录：请在网站上接受许可（如果有），然后在设置中填入你账户的访问令牌。也可以自行从网站下载，再在这里从磁盘打开。",
  "It runs here, on your own device. What you write stays on it; once a model is stored, it works without a network.":
    "它就在你的设备上运行。你写的内容不会离开设备；模型存好之后，没有网络也能用。",
  "It runs on Ollama's servers; no file of it is here.": "它在 Ollama 的服务器上运行；这里没有它的文件。",
  "It stays at {value}.": "保持为 {value}。",
  "It stays on this page until you close it. Copy what you need, then reload the page.":
    "在关闭之前它仍在此页面上。请复制需要的内容，然后重新加载页面。",
  "It was damaged on its way, or the server has another file than it says. What came was deleted; download it again.":
    "它在途中损坏，或服务器上的文件与其所称不符。已下载的内容已删除；请重新下载。",
  "It was moved, renamed or deleted, or its disk is not connected. Add it again from where it is now.":
    "它被移动、重命名或删除，或其磁盘未连接。请从现在的位置重新添加。",
  "It was replaced since.": "它已被替换。",
  "It was replaced. Remove it from the list, then add it again.":
    "它已被替换。请从列表中移除，然后重新添加。",
  Italian: "意大利语",
  "Its answers branch at so many places that they can not be told apart.": "它的回答分支过多，无法区分。",
  "Its download did not begin, or failed. Download it again.": "下载没有开始或失败了。请重新下载。",
  "Its file is not there: Ollama has not finished downloading it.": "文件不在：Ollama 还没有下载完。",
  "Its file stays on your disk as it is, and your chats stay. To use the model again, add the file again.":
    "磁盘上的文件和你的对话都保持不变。要再次使用此模型，请重新添加文件。",
  "Its file stays on your disk: take it off the list and add it again.":
    "它的文件仍在你的磁盘上：请移出列表，然后重新添加。",
  "Its files lie there under links, which this browser does not show to a page. Pick the folder with “Pick a folder…”, which copies it.":
    "它的文件以链接形式存放，此浏览器不向网页显示链接。请用“选取文件夹…”选择该文件夹，这样会复制它。",
  "Its id is none of this app.": "它的编号不属于本应用。",
  "Its largest entries": "最大的元素",
  "Its numbers are {type}, which this app does not run.": "它的数值为 {type}，本应用不能运行。",
  "Its program could not be loaded.": "无法加载它的程序。",
  "its program could not be loaded.": "无法加载它的程序。",
  "Its text was split into tokens again, perhaps otherwise than it was drawn.":
    "文本被重新切分为 token，可能与生成时不同。",
  "Its {messages} follow each other in a circle.": "它的 {messages}首尾相接成了循环。",
  "Keep as a preset": "保存为预设",
  "Keep earlier thoughts": "保留之前的思考",
  "Keep it": "保留",
  "Keep the context in 8 bits (settings)": "用 8 位保存上下文（设置）",
  "Keep the token": "保存令牌",
  "Keep this version": "保留此版本",
  "Keeps earlier thoughts": "保留之前的思考",
  "Kept on this device; the next answer follows them.": "保存在此设备上；从下一个回答起生效。",
  Kernel: "内核",
  kernel: "内核",
  "Kernels by the GPU's timestamps, which tell {resolutionUs} µs apart.":
    "内核用时来自 GPU 时间戳，可分辨 {resolutionUs} µs。",
  Key: "键",
  key: "键",
  "Keyboard shortcuts": "键盘快捷键",
  Keys: "键",
  keys: "键",
  "Keys and values of every token so far, which the layers with full attention look back at. It grows with the chat.":
    "迄今每个 token 的键和值，供全注意力层回看。随对话增长。",
  "Keys and values of the layers with full attention: each token of the chat adds its own.":
    "全注意力层的键和值：对话的每个 token 都会增加自己的一份。",
  Kind: "类型",
  "KV cache": "KV 缓存",
  "KV reserved": "KV 保留",
  "KV used / reserved": "KV 已用 / 保留",
  Lab: "实验室",
  Language: "语言",
  "Language of {name}": "{name} 的语言",
  "Largest entries of the state": "状态中最大的元素",
  "Last 30 days": "最近 30 天",
  "Last 7 days": "最近 7 天",
  "Last tokens": "最后的 token",
  Layer: "层",
  "layer {layer}": "第 {layer} 层",
  'Layer {layer}, with full attention, has a tensor "{name}"; no such tensor is known there.':
    "第 {layer} 层是全注意力层，却有张量“{name}”；本应用不认识这里的这种张量。",
  'Layer {layer}, with linear attention, has a tensor "{name}"; no such tensor is known there.':
    "第 {layer} 层是线性注意力层，却有张量“{name}”；本应用不认识这里的这种张量。",
  "Layer {layer}, {kind}": "第 {layer} 层，{kind}",
  Layers: "各层",
  "Layers that draft several tokens ahead (MTP), to go with a model. This app runs models without them.":
    "提前草拟若干 token 的层（MTP），与模型配套。本应用不带它运行模型。",
  "Leave it empty for a new answer every time. The same number gives the same answer to the same chat.":
    "留空则每次得到新的回答。相同的数对相同的对话给出相同的回答。",
  "Leave out files that do not fit": "略去放不下的文件",
  "Leave out the longest context.": "请去掉最长的上下文。",
  "Leave out the {count} oldest turns ({tokens}) and go on": "略去最早的 {count} 轮对话（{tokens}）并继续",
  "Leave out what does not fit": "略去放不下的",
  "Left out": "已略去",
  "left out on purpose": "有意不用",
  "Left out:": "已略去：",
  "Left out: the model no longer reads this.": "已略去：模型不再读取这部分。",
  "Left out: {count} files that are not offered": "已略去：{count} 个不提供的文件",
  "Left out: {kind}": "已略去：{kind}",
  "left out: {what}": "已略去：{what}",
  "Lengthen the context to {longer}": "把上下文加长到 {longer}",
  "Let the demo model tell it": "让演示模型来介绍",
  "Let the model think before it answers: slower, and better at hard questions":
    "让模型先思考再回答：较慢，但更擅长难题",
  Light: "浅色",
  "Light theme": "浅色主题",
  Limit: "限制项",
  limit: "限制",
  Limits: "限制",
  "line {from}": "第 {from} 行",
  "Linear attention keeps a state of fixed size, however long the text. Here pairs of a key and a value are stored in one, on your GPU, and read back: what is still there, and what has been lost? No model is needed.":
    "无论文本多长，线性注意力都只保留固定大小的状态。这里在你的 GPU 上把键值对存入一个状态再读回来：还剩下什么，丢了什么？不需要模型。",
  "Lines of 60 to 80 characters are the easiest to read; tables and code like more.":
    "每行 60 至 80 个字符最易阅读；表格和代码需要更宽。",
  "lines {from}–{to}": "第 {from}–{to} 行",
  "List of chats": "对话列表",
  "List these items: apples, bread and two blue cups": "把这些东西列成清单：苹果、面包和两个蓝色杯子",
  "Listening, not on this device": "正在聆听，不在此设备上",
  "Listening, on this device": "正在聆听，在此设备上",
  Live: "当前",
  live: "当前",
  "Load a model to see and change how it chooses its words.": "加载模型后，可查看和更改它的选词方式。",
  "Load the model again. If it keeps happening, choose a smaller model or context, or update the graphics driver.":
    "请重新加载模型。如果反复出现，请选择更小的模型或更短的上下文，或更新显卡驱动程序。",
  "Load the model again. If it keeps happening, update the graphics driver, or have the model's file checked.":
    "请重新加载模型。如果反复出现，请更新显卡驱动程序，或校验模型文件。",
  "Load the model from this link?": "要从此链接加载模型吗？",
  "Load the model with {tokens}": "以 {tokens} 加载模型",
  "Load this model": "加载此模型",
  "Loaded as chosen here.": "已按此处的选择加载。",
  loading: "加载",
  "Loading {name}": "正在加载 {name}",
  "Loading…": "正在加载…",
  "Longest answer": "最长回答",
  "longest here": "此处最长",
  Look: "外观",
  "Look for a newer version": "检查新版本",
  "Look for a repository of the same model with “GGUF” in its name.":
    "请查找同一模型名称中带有“GGUF”的仓库。",
  "Look for the repository of the model itself, with “GGUF” in its name.":
    "请查找模型本身的仓库，名称中带有“GGUF”。",
  "Look for the same model on Hugging Face, such as {example}, and give its owner and name.":
    "请在 Hugging Face 上查找同一模型，例如 {example}，并给出所有者和名称。",
  "Look the repository up again. If it stays so, the hub or its mirror has a problem.":
    "请重新查询该仓库。如果仍然如此，说明 hub 或其镜像有问题。",
  "Look up": "查找",
  "looking at its files…": "正在查看其中的文件…",
  "Looking through the folder… {files} so far.": "正在查找文件夹…目前{files}。",
  Low: "低",
  "Mailbox: {name}": "邮箱：{name}",
  "Make a list": "列个清单",
  "Make a plan": "做个计划",
  "Makes every word of the chat so far less likely to come again. 1 is off.":
    "使对话中已出现的每个词都不易再次出现。1 表示关闭。",
  Measure: "测量",
  "Measure again": "重新测量",
  "Measure {model}": "测量 {model}",
  "Measured while the context grew": "上下文增长时的实测值",
  "Measured, in use": "实测，使用中",
  "Measured, reserved": "实测，已保留",
  "Measures what this device can do at best, then how fast the loaded model reads 512 tokens and writes 64, and what each kernel takes. Chats are left as they are. Leave other tabs and programs alone meanwhile.":
    "先测量此设备的最佳性能，再测量已加载的模型读取 512 个 token、写出 64 个 token 的速度，以及每个内核的用时。对话不受影响。测量期间请勿操作其他标签页和程序。",
  "Measuring what the device can do": "正在测量设备的能力",
  Medium: "中",
  Memory: "内存",
  "Memory by layer": "各层的内存",
  "Memory in short": "内存概要",
  "Memory of the context": "上下文的内存",
  "Memory of {select}": "内存规划对象 {select}",
  "Memory over context": "内存随上下文的变化",
  Message: "消息",
  "Message box": "消息框",
  'Metadata key "{key}" is there twice; the second is number {i}.':
    "元数据键“{key}”出现了两次；第二次是第 {i} 个。",
  "Metadata key {i}": "第 {i} 个元数据键",
  "Min-p": "Min-p",
  Minimal: "最低",
  missing: "缺失",
  "MLP width {intermediateSize}": "MLP 宽度 {intermediateSize}",
  Model: "模型",
  "Model file": "模型文件",
  "Model folder": "模型文件夹",
  "Model of the preset": "预设的模型",
  "Model repository, link or file": "模型仓库、链接或文件",
  Models: "模型",
  "Models and what they read, kept in this browser.": "模型及其读取的内容，保存在此浏览器中。",
  "Models in {folder}": "{folder} 中的模型",
  "Models in “{folder}”": "“{folder}”中的模型",
  "Models of {repo}": "{repo} 的模型",
  "Models that are here": "这里的模型",
  "Models that Ollama ({ollama}), LM Studio ({lmStudio}) or the hub's tools ({hub}) have downloaded are listed by name.":
    "Ollama（{ollama}）、LM Studio（{lmStudio}）或 hub 工具（{hub}）下载过的模型会按名称列出。",
  "Models: {name}": "模型：{name}",
  "More for this answer": "此回答的更多操作",
  "More models…": "更多模型…",
  "more than the memory budget": "超出内存预算",
  "More to inspect": "更多检查项",
  "Move the chat there": "把对话移到那里",
  "Move to folder": "移到文件夹",
  ms: "ms",
  "N pairs are stored, then all are read back. What others left along a key is what is read wrong.":
    "存入 N 对，然后全部读回。其他键值对在某个键方向上留下的内容，就是读错的部分。",
  "N pairs are stored, then the same keys with new values. A rule that only adds reads both; one that first takes out what it recalls reads the new one. A pair counts as found if what is read is nearer to the new value than to the old.":
    "存入 N 对，再用相同的键存入新值。只会相加的规则两个都读到；先取出记得的内容再写的规则读到新值。若读出结果离新值比离旧值近，就算找回。",
  "Name chats": "为对话命名",
  "Name of the chat": "对话名称",
  "Name of the folder": "文件夹名称",
  "Name of the preset": "预设的名称",
  Narrow: "窄",
  "New chat": "新对话",
  "New folder": "新建文件夹",
  "New folder…": "新建文件夹…",
  "New preset": "新建预设",
  "Next place": "下一处",
  "Next version": "下一个版本",
  no: "否",
  "No answer is shown, so there is no conversation to read.": "没有显示回答，因此没有可读取的对话。",
  "No decay but at a switch": "除切换外不衰减",
  "No folder": "无文件夹",
  "No graphics card is in use: the demo runs, a 0.8B model takes seconds a token.":
    "没有使用显卡：演示模型可以运行，0.8B 模型每个 token 需要数秒。",
  "No graphics card was found": "没有找到显卡",
  "no kernel needs it": "没有内核需要它",
  "No microphone was found.": "没有找到麦克风。",
  "No model": "没有模型",
  "no model": "没有模型",
  'no model file: it starts with {shown}, not with "GGUF" as a .gguf file does':
    "不是模型文件：以 {shown} 开头，而 .gguf 文件应以“GGUF”开头",
  "No model is in this folder. Pick the one that holds Ollama's “manifests” and “blobs”, LM Studio's models, or the hub's “models--…” folders.":
    "此文件夹中没有模型。请选择含有 Ollama 的“manifests”和“blobs”、LM Studio 的模型或 hub 的“models--…”文件夹的那一个。",
  "No model is loaded yet, so there is nothing to look into.": "尚未加载模型，没有可查看的内容。",
  "No model is loaded yet, so there is nothing to measure.": "尚未加载模型，没有可测量的内容。",
  "No model is loaded, so nothing can answer yet.": "尚未加载模型，暂时无法回答。",
  "No model is loaded, so there is nothing to answer with.": "没有加载模型，无法回答。",
  "No model is loaded.": "未加载模型。",
  "No model is stored yet.": "还没有存储模型。",
  "No overlap, for as many keys as the state has channels.": "键数不超过状态的通道数时，没有重叠。",
  "No setting has these words.": "没有包含这些词的设置。",
  "No text was found in the pictures that “{name}” is made of.": "在组成“{name}”的图片中未找到文字。",
  "No text was found in “{name}”.": "在“{name}”中未找到文字。",
  "No variants of kernels were tried: on a software adapter each kernel has its usual form.":
    "未尝试内核变体：在软件适配器上，每个内核都用通常的形式。",
  "No variants of kernels were tried; every kernel is the baseline.":
    "未尝试内核变体；每个内核都是基准形式。",
  "No, thanks": "不，谢谢",
  none: "无",
  "none of its files runs here": "其中没有能在此运行的文件",
  "None of the {files} is a model.": "{files}中没有一个是模型。",
  "None of the {pages} of “{name}” has text; they may be scanned pictures of it.":
    "“{name}”的 {pages}都没有文本；可能是扫描图片。",
  'None of the {tensors} is called "model.language_model.embed_tokens.weight" or alike; every Qwen3.5 has it.':
    "{tensors}中没有名为“model.language_model.embed_tokens.weight”或类似名称的；每个 Qwen3.5 都有它。",
  "None: your usual settings": "无：你的常用设置",
  Norm: "范数",
  norm: "范数",
  "Norm of the state": "状态的范数",
  "Not all could be deleted: {reason} The browser’s own settings can clear this site’s data.":
    "未能全部删除：{reason} 可以在浏览器的设置中清除本网站的数据。",
  "not downloaded yet: it has its size, {bytes}, and holds only zeros so far":
    "尚未下载完：大小已有 {bytes}，但内容目前全是零",
  "Not enough GPU memory": "GPU 内存不足",
  "Not found in the document": "文档中未找到",
  "Not here: the published sizes, at 4 bits": "不在此处：公开的大小，4 位",
  "not known": "未知",
  "Not read yet": "尚未读取",
  "Not running": "未运行",
  "not told": "未告知",
  "Not used": "未使用",
  "not used yet": "尚未使用",
  Notes: "说明",
  "Nothing found": "未找到",
  "Nothing found. Try fewer or other words.": "未找到。请减少或更换关键词。",
  "Nothing is asked of it before.": "在此之前不会向它查询任何内容。",
  "Nothing is saved yet.": "还没有保存任何内容。",
  "Nothing is to be saved.": "按设置不保存任何内容。",
  "Nothing was given to look for.": "没有给出要查找的内容。",
  "Notify me": "通知我",
  "Numbers of lanes that work in step on this GPU and can read each other’s values.":
    "在此 GPU 上同步工作、可互读数值的通道数。",
  "of f32 rate": "占 f32 速率",
  "of memory rate": "占内存速率",
  "of read rate": "占读取速率",
  "Of the conversation. The browser's zoom changes the whole page.":
    "对话的文字大小。浏览器的缩放会改变整个页面。",
  "of {bytes} from {offset}, {length} came": "从第 {offset} 字节起应有 {bytes}，只读到 {length}",
  "of {bytes} from {offset}, {nBytes} are there": "从 {offset} 起的 {bytes}中只有 {nBytes}",
  "Of {nOthers} models only “{name}” is added: one model at a time.":
    "{nOthers} 个模型中只添加“{name}”：每次一个模型。",
  "Off: up to {tokens}": "关闭：最多 {tokens}",
  "offered, but in no size that the kernel has a use for": "已提供，但没有内核可用的大小",
  "offered, but its probe shader does not compile": "已提供，但探测着色器未能编译",
  "Old values written over": "覆盖旧值",
  "Ollama keeps it tensor by tensor, for Apple's MLX. Get its GGUF instead.":
    "Ollama 为 Apple 的 MLX 按张量分别存储。请改用它的 GGUF。",
  "On Linux, open chrome://flags/#enable-unsafe-webgpu, choose Enabled and relaunch.":
    "在 Linux 上打开 chrome://flags/#enable-unsafe-webgpu，选择 Enabled 并重启浏览器。",
  "on the GPU": "在 GPU 上",
  "On the hub": "在 hub 上",
  "One chunk": "一块",
  "One of its small skills": "它的小本领之一",
  "One of several memories, or views, that a layer has side by side, each with numbers of its own.":
    "一层中并列的多个记忆或视角之一，各有自己的数值。",
  "One of several ways to compute the same product. The fastest one on this device is used.":
    "计算同一乘积的多种方法之一。采用在此设备上最快的。",
  "One order to the GPU to run a kernel.": "让 GPU 运行一个内核的一条指令。",
  'One expert of "{name}" takes {sizeOf}; this device binds {maxBindingBytes} at once.':
    "“{name}”的一个专家占 {sizeOf}；此设备一次可绑定 {maxBindingBytes}。",
  'One row of "{name}" takes {sizeOf}; this device binds {maxBindingBytes} at once.':
    "“{name}”的一行占 {sizeOf}；此设备一次可绑定 {maxBindingBytes}。",
  "One that is on this disk already": "此磁盘上已有的模型",
  "One token": "一个 token",
  "Only for models behind a licence or a login. Kept on this device and sent to {host} alone.":
    "只用于需要许可或登录的模型。保存在此设备上，只发送给 {host}。",
  "Only the likeliest words that together make up this share. 1 considers all.":
    "只考虑合计达到此份额的最可能的词。1 表示考虑全部。",
  "Only this many of the likeliest words are considered at each step. 0 considers all.":
    "每一步只考虑这么多个最可能的词。0 表示考虑全部。",
  'only {bytes} long, and starts with {shown}, not with "GGUF" as a .gguf file does':
    "只有 {bytes}，以 {shown} 开头，而 .gguf 文件应以“GGUF”开头",
  Open: "打开",
  "Open about:config, search for dom.webgpu.enabled and set it to true, then restart Firefox.":
    "打开 about:config，搜索 dom.webgpu.enabled 并设为 true，然后重启 Firefox。",
  "Open chrome://settings/system and turn on “Use graphics acceleration when available”.":
    "打开 chrome://settings/system，开启“使用图形加速功能（如果可用）”。",
  "Open it in a browser, and attach a copy of its text.": "请在浏览器中打开，并附上其文本的副本。",
  "Open it in a mail program, and save it as PDF or paste its text.":
    "请在邮件程序中打开，保存为 PDF 或粘贴其文本。",
  "Open it in a spreadsheet program, save it anew as .xlsx, and attach that.":
    "请在电子表格程序中打开，另存为 .xlsx，再附上。",
  "Open it in a word processor and save it anew.": "请在文字处理程序中打开并另存。",
  "Open it in a word processor, save it as .docx, and attach that.":
    "请在文字处理程序中打开，保存为 .docx，再附上。",
  "Open it in its own program, save it anew as .pptx, and attach that.":
    "请在它自己的程序中打开，另存为 .pptx，再附上。",
  "Open it in its own program, save it as .docx or PDF, and attach that.":
    "请在它自己的程序中打开，保存为 .docx 或 PDF，再附上。",
  "Open it in its own program, save it without a password, and attach that.":
    "请在它自己的程序中打开，保存为没有密码的文件，再附上。",
  "Open it in Jupyter and save it anew, or export it as .py or PDF.":
    "请在 Jupyter 中打开并另存，或导出为 .py 或 PDF。",
  "Open it, save it as {ending}, and attach that.": "请打开它，保存为 {ending}，再附上。",
  "Open storage": "打开存储",
  "Open the document in Word and save it anew, and its parts are read.":
    "在 Word 中打开文档并重新保存，即可读取这些部分。",
  "Open the settings, search for “cookies”, and add this address as an exception that is allowed.":
    "打开设置，搜索“cookie”，并把此地址添加为允许的例外。",
  "Open the settings, search for “performance” and turn on “Use hardware acceleration when available”.":
    "打开设置，搜索“性能”，并开启“自动启用硬件加速”。",
  "Open the settings, “Advanced”, and turn off “Block all cookies”. Leave a private window.":
    "打开设置的“高级”，关闭“阻止所有 Cookie”。请离开无痕窗口。",
  "Open the site's settings by the button at the left end of the address bar, and allow site data there.":
    "点地址栏左端的按钮打开网站设置，并在那里允许网站数据。",
  "Open this page in a current Chrome or Edge, or on a device with a graphics card.":
    "请用最新的 Chrome 或 Edge 打开此页面，或在有显卡的设备上打开。",
  "Open this page in a current Chrome, Edge, Safari or Firefox.":
    "请用最新的 Chrome、Edge、Safari 或 Firefox 打开此页面。",
  "Open this page over https, or on this machine as http://localhost: browsers offer WebGPU nowhere else.":
    "请通过 https 打开此页面，或在本机以 http://localhost 打开：浏览器只在这些情况下提供 WebGPU。",
  "Open {name}": "展开 {name}",
  "Opening…": "正在打开…",
  Operations: "运算",
  "Operations each": "每次运算数",
  "Operations on subgroup matrices": "子组矩阵上的运算次数",
  "Operations, f32 · f16 · int8": "运算次数，f32 · f16 · int8",
  "Options for “{title}”": "“{title}”的选项",
  "or drop one anywhere on the page.": "或把它拖放到页面上的任意位置。",
  "Or open chrome://settings/content/siteData, and allow this address to save data on your device.":
    "或打开 chrome://settings/content/siteData，允许此地址在你的设备上保存数据。",
  "Or open this page in Chrome or Edge, or on a device with a graphics card.":
    "或用 Chrome 或 Edge 打开此页面，或在有显卡的设备上打开。",
  "Or open this page in Chrome or Edge.": "或在 Chrome 或 Edge 中打开此页面。",
  "Or open this page in Chrome, on a Mac.": "或在 Mac 上用 Chrome 打开此页面。",
  Orthogonal: "正交",
  "output head": "输出头",
  "Output norm": "输出归一化",
  "own settings": "自己的设置",
  "owner/name": "owner/name",
  "packed with bzip2, not a model file": "bzip2 压缩文件，不是模型文件",
  "packed with gzip, not a model file": "gzip 压缩文件，不是模型文件",
  "packed with xz, not a model file": "xz 压缩文件，不是模型文件",
  "packed with zstd, not a model file": "zstd 压缩文件，不是模型文件",
  Page: "页面",
  "page {from}": "第 {from} 页",
  "Page {number}": "第 {number} 页",
  "Page {shown}": "第 {shown} 页",
  "pages {from}–{to}": "第 {from}–{to} 页",
  "Pages {shown}": "第 {shown} 页",
  "Pages {shown} and {nMore} more": "第 {shown} 页及另外 {nMore} 页",
  Painted: "已绘制",
  "Pairs after which half is left, for rules that decay.": "对有衰减的规则：多少对之后剩下一半。",
  "Pairs ago": "多少对之前",
  "Pairs at most": "最多的键值对",
  "Pairs found": "找回的键值对",
  "Pairs of the new context": "新上下文的键值对",
  "Pairs stored": "已存的键值对",
  "Pairs that exact attention sees, beside the state.": "除状态外，精确注意力能看到的键值对数。",
  "Pairs written twice": "写入两次的键值对",
  Part: "部分",
  "Part of the document, by {unit}s": "选择文档的一部分，以{unit}为单位",
  "Part that fits {input} of {nStretches}": "放得下的部分：第 {input} 段，共 {nStretches} 段",
  "part {index} has {bytes}, not {expected}": "第 {index} 部分有 {bytes}，应为 {expected}",
  "Part {index} of “{fileName}” is not the one that was stored.":
    "“{fileName}”的第 {index} 部分与存储的不同。",
  "Part {named} of {nParts} is damaged.": "第 {named} 部分（共 {nParts} 部分）已损坏。",
  "Parts of a step": "一步的各部分",
  "Parts of it": "各部分",
  "Parts {named}{more} of {nParts} are damaged.": "第 {named}{more} 部分（共 {nParts} 部分）已损坏。",
  Password: "密码",
  "Password of {name}": "{name} 的密码",
  "Past the model's own context": "超出模型自身的上下文",
  "Paste as text": "作为文本粘贴",
  "Pasted text": "粘贴的文本",
  "Pasted text {nPasted}": "粘贴的文本 {nPasted}",
  Pause: "暂停",
  "Pause: {title}": "暂停：{title}",
  peak: "峰值",
  "Pick a file…": "选择文件…",
  "Pick a folder…": "选择文件夹…",
  "Pick that file again: only its damaged parts are copied.": "请再次选择该文件：只会复制损坏的部分。",
  Pin: "置顶",
  "Pin this chat": "置顶此对话",
  Pinned: "已置顶",
  Pipeline: "管线",
  pipeline: "管线",
  "Plan a rainy Saturday in a city with two children of six and nine. Give it as a table with times.":
    "请为一个下雨的周六做计划：在城里，带着六岁和九岁的两个孩子。用带时间的表格给出。",
  Planned: "计划",
  planned: "计划",
  "Planned for a context of {tokens}; on this device this model can have {longestContext}. {stagingBytes} of the plan are {term} for loading, and given back after it.":
    "按 {tokens} 的上下文规划；此模型在此设备上最多 {longestContext}。其中 {stagingBytes} 是加载用的{term}，加载后归还。",
  "Planned GPU memory": "计划的 GPU 内存",
  "Points measured": "已测的点",
  Position: "位置",
  Positions: "位置",
  "Positions it looked at most": "看得最多的位置",
  "Preparing {name}": "正在准备 {name}",
  "Presence penalty": "存在惩罚",
  Preset: "预设",
  "Preset and settings of this chat": "此对话的预设和设置",
  "Preset of the chat": "对话的预设",
  "Preset of this chat": "此对话的预设",
  "Preset of this chat: {settings}": "此对话的预设：{settings}",
  Presets: "预设",
  "Presets…": "预设…",
  Preview: "预览",
  "Previous place": "上一处",
  "Previous version": "上一个版本",
  "Probability {value} %": "概率 {value}%",
  Product: "乘积",
  "products of a prompt in 8 bits, where they are asked for": "提示词的 8 位矩阵乘积，在设置要求时使用",
  "products of a prompt in half precision": "提示词的半精度矩阵乘积",
  "products of a prompt, where the tuner finds them faster": "提示词的矩阵乘积，在调优器测得更快时使用",
  Prompt: "提示词",
  "Prompts are read in": "提示词的读取精度",
  "Put {name} away": "收起 {name}",
  "Put {repo} away": "收起 {repo}",
  "Quantized with Apple's MLX. The values are kept as they were published":
    "用苹果的 MLX 量化。数值按发布原样保留",
  "Quantized with AWQ. The values are kept as they were published": "用 AWQ 量化。数值按发布原样保留",
  "Quantized with GPTQ. The values are kept as they were published": "用 GPTQ 量化。数值按发布原样保留",
  "Quantized with llm-compressor. The values are kept as they were published":
    "用 llm-compressor 量化。数值按发布原样保留",
  "Quote the document": "引用文档",
  "Qwen in your browser": "浏览器里的 Qwen",
  "Qwen3.5’s own": " Qwen3.5 自己的模板",
  "Qwen3.8 27B with weights of three values: a large model in the memory of a middling one":
    "三值权重的 Qwen3.8 27B：大模型，只占中等模型的内存",
  Random: "随机",
  "Read a part of it…": "只读其中一部分…",
  "Read a part of the longest…": "只读最长文档的一部分…",
  "Read aloud": "朗读",
  "Read already: {tokens}": "已读取：{tokens}",
  "Read back": "读回",
  "read back": "读回",
  "Read it all the same": "仍然朗读",
  "Read on": "继续读取",
  "read rate": "读取速率",
  "Read the article only": "只读取正文",
  "Read the conversation": "读取对话",
  "Read the conversation again": "重新读取对话",
  "Read the whole page": "读取整个网页",
  "Read this part": "读取这部分",
  "read where it lies on your disk": "在磁盘上的原处读取",
  "Read {readTokens} of {tokens}…": "已读取 {readTokens} / {tokens}…",
  Reading: "读取",
  "Reading a chunk": "读取一块",
  "Reading and writing behind {tokens}": "正在测量 {tokens} 之后的读取与写入",
  "reading file {n} of {count}…": "正在读取第 {n} 个文件，共 {count} 个…",
  "Reading it again: {readTokens} of {tokens}…": "正在重读：{readTokens} / {tokens}…",
  "Reading memory": "读取内存",
  "Reading of {title}": "{title} 的阅读结果",
  "reading page {pages} of {totalPages}{pieces}…": "正在读取第 {pages} 页，共 {totalPages} 页{pieces}…",
  "Reading prompts": "读取提示词",
  "Reading stopped": "读取已停止",
  "Reading the documents": "正在读取文档",
  "Reading the file's header…": "正在读取文件头…",
  "Reading the model’s header…": "正在读取模型的文件头…",
  "Reading while you write: {readTokens} of {tokens}{rate}": "在你书写时读取：{readTokens} / {tokens}{rate}",
  "Reading while you write…": "在你书写时读取…",
  "Reading {name}": "正在读取 {name}",
  "Reading {readTokens} of {tokens}{reused}{rate}": "正在读取 {readTokens} / {tokens}{reused}{rate}",
  "Reading {tokens} behind {contextLength}": "在 {contextLength} 之后读取 {tokens}",
  "Reading “{name}” was given up at page {page}: it is the fifth that does not end.":
    "已在第 {page} 页放弃读取“{name}”：这是第五个读不完的页面。",
  "Reading “{name}” was given up: for three minutes it got no further.":
    "已放弃读取“{name}”：三分钟没有进展。",
  "Reading, tokens/s": "读取，token/s",
  "reading, {share} %…": "正在读取，{share}%…",
  "reading…": "读取中…",
  Ready: "就绪",
  "Reasoning effort": "推理强度",
  "Recognise the text{what}": "识别文字{what}",
  "recognised {done} of {pages}…": "已识别 {done} / {pages}…",
  Recommended: "推荐",
  "recommended here": "在此推荐",
  "Recurrent state": "循环状态",
  "recurrent state": "循环状态",
  "Relaunch the browser. chrome://gpu then says why a graphics card is not used.":
    "重启浏览器。之后 chrome://gpu 会说明为什么没有使用显卡。",
  Reload: "重新加载",
  "Reload the model": "重新加载模型",
  "Reload the page": "重新加载页面",
  "Reload the page and try again. Chats that had come in by then are here.":
    "请重新加载页面并重试。此前已导入的对话都在这里。",
  "Reload the page and try again. In a private window, or with site data blocked, models can not be kept.":
    "请重新加载页面并重试。在隐私窗口中或网站数据被禁止时，无法保留模型。",
  "Reload the page to get that version. Nothing was changed.":
    "请重新加载页面以获取该版本。没有更改任何内容。",
  "Reload the page to get the newest version, then try again. Nothing was changed.":
    "请重新加载页面以获取最新版本，然后重试。没有更改任何内容。",
  "Reload the page. If it happens again, please report it.": "请重新加载页面。如果再次发生，请报告。",
  "Reload the page. If that does not help, delete this model in the model panel and add it again.":
    "请重新加载页面。如果没有用，请在模型面板中删除此模型并重新添加。",
  "Reload the page. In a private window, or with site data blocked, chats can not be kept.":
    "请重新加载页面。在隐私窗口中或网站数据被禁止时，无法保留对话。",
  "Reload the page. In a private window, or with site data blocked, models can not be kept.":
    "请重新加载页面。在隐私窗口中或网站数据被禁止时，无法保留模型。",
  "Reload with {tokens}": "以 {tokens} 重新加载",
  "Remove {name}": "移除 {name}",
  Rename: "重命名",
  "Rename the chat": "重命名对话",
  "Rename the folder": "重命名文件夹",
  "Rename the folder “{name}”": "重命名文件夹“{name}”",
  "Rename this chat": "重命名此对话",
  Repair: "修复",
  "Repair: pick {fileName} again…": "修复：再次选择 {fileName}…",
  "Repairing {name}": "正在修复 {name}",
  "Repetition penalty": "重复惩罚",
  "Repository on the hub": "hub 上的仓库",
  "Reset all of this chat's own": "重置此对话自己的全部设置",
  "Reset: {name}": "重置：{name}",
  "Restart Firefox. about:support then says which graphics card is used.":
    "重启 Firefox。之后 about:support 会说明使用了哪块显卡。",
  "Restart the browser; if that does not help, update the graphics driver.":
    "请重启浏览器；如果没有用，请更新显卡驱动程序。",
  Result: "结果",
  Results: "结果",
  Resume: "继续",
  "Resume at {share}": "从 {share} 继续",
  "Resume {name}": "继续下载 {name}",
  Reused: "复用",
  "reused {reusedTokens} of {tokens}": "复用 {reusedTokens}（共 {tokens}）",
  "right, used": "正确，在用",
  "Room for saved reading": "阅读结果的空间",
  Run: "运行",
  "Run “git lfs pull” in the folder it is from, or download the file itself from its page.":
    "请在来源文件夹中运行“git lfs pull”，或从其页面下载文件本身。",
  Runs: "次数",
  runs: "次数",
  "S is the state, k a key, v its value. Reading a key q gives Sᵀ q. All seven are one kernel with other gates, run with the same pairs. A trained model chooses its gates by what it reads; here they are set by hand.":
    "S 是状态，k 是键，v 是它的值。读取键 q 得到 Sᵀ q。七种规则是同一个内核、不同的门，用相同的键值对运行。训练过的模型根据所读内容选择门；这里由手工设定。",
  "Save it as PDF, and attach that.": "请保存为 PDF，再附上。",
  "Save it as PNG or JPEG, then attach it again.": "请保存为 PNG 或 JPEG，然后重新附上。",
  "Save nothing": "不保存",
  "Save the part you need as a document of its own.": "请把需要的部分另存为单独的文档。",
  "Save the sheet or the rows that you need as a file of their own.":
    "请把需要的工作表或行另存为单独的文件。",
  "Save to disk": "保存到磁盘",
  "Saved reading": "已存的阅读结果",
  "saved reading ({readingBytes})": "已存的阅读结果（{readingBytes}）",
  "Search in the document": "在文档中搜索",
  "Searching…": "正在搜索…",
  "Sections of the settings": "设置的分区",
  Seed: "种子",
  Send: "发送",
  "Send (Enter)": "发送（Enter）",
  "Send anew": "重新发送",
  "Send the message": "发送消息",
  Settings: "设置",
  "Settings for": "设置对象",
  "Settings of the new chat…": "新对话的设置…",
  "Settings of this chat…": "此对话的设置…",
  Shader: "着色器",
  shader: "着色器",
  'Shader "{label}" did not compile:\n{lines}': "着色器“{label}”未能编译：\n{lines}",
  "Shaders compiled": "已编译的着色器",
  "Shaders compiled: {nCompiles}; they compile side by side, so the times overlap":
    "已编译的着色器：{nCompiles}；它们并行编译，因此时间有重叠",
  Share: "占比",
  "Share of pairs where what was read is nearer to their value than to any other one stored, and than to 0.":
    "读出的结果离自己的值比离其他任何值和 0 都近的键值对所占比例。",
  "Show all": "显示全部",
  "Show all {characters}": "显示全部（{characters}）",
  "Show all {nCompiles}": "显示全部 {nCompiles} 个",
  "Show as text": "显示为文本",
  "Show at full size": "以原尺寸显示",
  "Show less": "收起",
  "Show more rows": "显示更多行",
  "Show or hide the list of chats": "显示或隐藏对话列表",
  "Show the diagram": "显示图表",
  "Show the slowest": "显示最慢的",
  "Show the source": "显示源代码",
  "Show this list": "显示此列表",
  "Show token by token": "逐个 token 显示",
  "Show what the model reads": "查看模型读到的内容",
  "Show what the model reads of {name}": "查看模型从 {name} 读到的内容",
  "Show {select}": "显示 {select}",
  "Shown beside the message box of a chat that follows it.": "显示在使用它的对话的消息框旁。",
  "Sign in where the network or the site asks for it, then try again. Parts that came are kept.":
    "请在网络或网站要求的地方登录，然后重试。已下载的部分会保留。",
  Similarity: "相似度",
  "Site data is blocked: chats and models last until this page is closed.":
    "网站数据被禁止：对话和模型只保留到页面关闭。",
  Size: "大小",
  "size and memory not known": "大小和内存未知",
  "Sizes from the published configuration, kept in this app": "大小来自公开的配置，保存在本应用中",
  "Skip to the message box": "跳到消息框",
  "software: results count, times do not": "软件实现：结果有效，时间无效",
  "Some pairs stored before the switch were meant to stay, with keys in a quarter of the channels. A decay for the whole state takes them too; a decay per channel can spare them.":
    "切换前存入的一部分键值对本应保留，它们的键在四分之一的通道中。整个状态的衰减会把它们也抹去；逐通道的衰减可以放过它们。",
  "Something went wrong": "出错了",
  Spanish: "西班牙语",
  "Speak all the same": "仍然使用语音",
  "Speech can be understood on this device once the browser has fetched the language.":
    "浏览器获取该语言后，即可在此设备上识别语音。",
  "Speech could not be understood here ({error}).": "无法在这里识别语音（{error}）。",
  "Spell harbour": "拼写 harbour",
  "Squared distance of what was read from what was stored. 0 is exact, 1 as bad as reading nothing.":
    "读出结果与存入值的平方距离。0 为精确，1 等于什么都没读到。",
  Stage: "阶段",
  "Stages of the load": "加载的各阶段",
  staging: "暂存",
  Start: "启动",
  "Start a line": "换行",
  "Start a new chat": "开始新对话",
  "Start a new chat with the {count} documents": "带上 {count} 个文档开始新对话",
  "Start a new chat, load the model with a longer context, or shorten the system prompt if it is long.":
    "请开始新对话，用更长的上下文加载模型，或缩短过长的系统提示词。",
  "Start a new chat. If that does not help, choose another file of the model.":
    "请开始新对话。如果没有用，请选择此模型的另一个文件。",
  "Start it again when you like.": "需要时可重新开始。",
  "Start over": "重新开始",
  "Start over to get the new one. What came of the old one is then deleted; nothing of the two is mixed.":
    "请重新开始以获取新文件。已下载的旧文件会被删除；两者不会混在一起。",
  "Start over to get the new one. What is stored of the old one is then deleted; the two are never mixed.":
    "请重新开始以获取新文件。已存储的旧文件会被删除；两者不会混在一起。",
  "Start {name}": "启动 {name}",
  Starting: "正在开始",
  "starting text recognition…": "正在启动文字识别…",
  "Starting…": "正在开始…",
  State: "状态",
  state: "状态",
  "State of layer {layer}, head {head} after the last token: {valueDim} {term} (down) by {keyDim} {term2} (across), orange positive, blue negative, at most {largest}.":
    "最后一个 token 之后，第 {layer} 层第 {head} 头的状态：{valueDim} 个{term}（纵向）× {keyDim} 个{term2}（横向），橙色为正，蓝色为负，最大 {largest}。",
  "State of layer {layer}, head {head}: {valueDim} values by {keyDim} keys, at most {largest}":
    "第 {layer} 层第 {head} 头的状态：{valueDim} 个值 × {keyDim} 个键，最大 {largest}",
  "Statistics for those who quantize models, not a model.": "供量化模型使用的统计数据，不是模型。",
  "stays the same": "不变部分",
  "Steers away from words already used in the answer, so that it goes on to new things.":
    "避开回答中已用过的词，转向新的内容。",
  "Steps in flight": "执行中的步数",
  "steps in flight": "执行中的步数",
  "Still quick on a laptop, and knows more": "在笔记本电脑上仍然很快，知识更多",
  Stop: "停止",
  "Stop (Esc)": "停止（Esc）",
  "Stop and remove {name}": "停止并移除 {name}",
  "Stop dictating": "停止听写",
  "Stop reading": "停止读取",
  "Stop reading files": "停止读取文件",
  "Stop recognising {name}": "停止识别 {name}",
  Stopped: "已停止",
  "Stopped after {readTokens} of {tokens}; they are not read again":
    "读取 {readTokens}（共 {tokens}）后停止；不会重读",
  "Stopped after {read} of {tokens} were read. They are not read again.":
    "已读取 {read}（共 {tokens}）后停止。这些内容不会重读。",
  "Stopped.": "已停止。",
  Storage: "存储",
  "Storage used": "已用存储",
  "Stored chats": "已存储的对话",
  "Stored files": "已存储的文件",
  "Stored here": "已存储在此",
  "Stored here:": "此处存储：",
  "Stored in another format on the GPU": "在 GPU 上以另一种格式存储",
  "Stored models": "已存储的模型",
  "Stored models work without a network. To add one, connect, then try again.":
    "已存储的模型不需要网络。要添加模型，请联网后重试。",
  "Stored on this device and run on its graphics card.": "保存在此设备上，在它的显卡上运行。",
  "Storing {name}": "正在存储 {name}",
  "stretched {factor} times": "拉伸 {factor} 倍",
  "Stretches positions (YaRN), so that a context longer than the model was trained for makes sense to it. It can make answers to short chats worse: leave it off unless you need the length.":
    "拉伸位置（YaRN），使模型能理解比训练时更长的上下文。可能会使短对话的回答变差：除非需要这样的长度，否则请关闭。",
  "Subgroup sizes": "子组大小",
  "subgroup sizes": "子组大小",
  "subgroups of 8 lanes on Intel, and of a known size for products on matrices":
    "Intel 上 8 线程的子组，以及矩阵乘积所需的固定大小",
  Submit: "提交",
  submit: "提交",
  "sums of an answer's products, where the tuner finds them faster": "回答的乘积求和，在调优器测得更快时使用",
  "System prompt": "系统提示词",
  Table: "表格",
  "Take it off the list": "移出列表",
  "Take it out of the address: a page can not send it.": "请从地址中去掉：页面无法发送它。",
  "Take off the list": "移出列表",
  "Take out of the archive": "移出归档",
  "Take the text that is made of them out of the conversation.": "请从对话中去掉由它们组成的文本。",
  "Take this chat out of the archive": "将此对话移出归档",
  "Take {name} off the list?": "把 {name} 移出列表？",
  Temperature: "温度",
  'tensor "{name}"': "张量“{name}”",
  'Tensor "{name}"': "张量“{name}”",
  'Tensor "{name}" [{shape}] is missing; "{weightName}" is quantized.':
    "缺少张量“{name}”[{shape}]；“{weightName}”是量化的。",
  'Tensor "{name}" [{shape}] is missing; this model needs {tensors}.':
    "缺少张量“{name}”[{shape}]；此模型需要 {tensors}。",
  'Tensor "{name}" ends at byte {offset}; the file has {fileBytes}.':
    "张量“{name}”在第 {offset} 字节结束；文件只有 {fileBytes}。",
  'Tensor "{name}" has "dtype" {type}; this app reads {plainTypes} there.':
    "张量“{name}”的“dtype”是 {type}；本应用在这里读取 {plainTypes}。",
  'Tensor "{name}" has "dtype" {type}; this app reads {types} there.':
    "张量“{name}”的“dtype”是 {type}；本应用在这里读取 {types}。",
  'Tensor "{name}" has "shape" [{shape}]; the sizes of config.json make it [{shape2}].':
    "张量“{name}”的“shape”是 [{shape}]；按 config.json 的规格应为 [{shape2}]。",
  'Tensor "{name}" has "shape" [{shape}]; the sizes of config.json make it [{wanted}].':
    "张量“{name}”的“shape”是 [{shape}]；按 config.json 的规格应为 [{wanted}]。",
  'Tensor "{name}" has shape [{shape}], {nElements} numbers; it must have 1 to 2^53.':
    "张量“{name}”的形状是 [{shape}]，共 {nElements} 个数；应为 1 到 2^53 个。",
  'Tensor "{name}" has shape [{shape}]; the file\'s sizes make it {shape2}.':
    "张量“{name}”的形状是 [{shape}]；按文件给出的规格应为 {shape2}。",
  'Tensor "{name}" has {bytes}; up to {maxTurnedBytes} are turned round.':
    "张量“{name}”有 {bytes}；最多可转置 {maxTurnedBytes}。",
  'Tensor "{name}" has {nDimensions} dimensions; it must have 1 to {maxDimensions}.':
    "张量“{name}”有 {nDimensions} 维；应为 1 到 {maxDimensions} 维。",
  'Tensor "{name}" is there twice.': "张量“{name}”出现了两次。",
  'Tensor "{name}" is {type} [{shape}]; the scale of an NVFP4 matrix is one F32.':
    "张量“{name}”是 {type} [{shape}]；NVFP4 矩阵的缩放应为一个 F32。",
  'Tensor "{name}" is {type} with {columns}; {type} needs a multiple of {weights}.':
    "张量“{name}”是 {type}，有 {columns}；{type} 要求列数是 {weights} 的倍数。",
  'Tensor "{name}" is {type}; this app reads {plainTypes} there.':
    "张量“{name}”是 {type}；本应用在这里读取 {plainTypes}。",
  'Tensor "{name}" of “{name2}” is in a file before it too.': "“{name2}”中的张量“{name}”在前面的文件中也有。",
  'Tensor "{name}" of “{name2}” is in a part before it too.': "“{name2}”中的张量“{name}”在前面的部分中也有。",
  'Tensor "{name}" puts column {column} into group {value}; there are {nGroups}.':
    "张量“{name}”把第 {column} 列放入第 {value} 组；总共只有 {nGroups} 组。",
  'Tensor "{name}" starts at byte {offset}, inside "{name2}", which ends at byte {end}.':
    "张量“{name}”从第 {offset} 字节开始，落在“{name2}”之内，后者到第 {end} 字节结束。",
  'Tensor "{name}" starts at data byte {relativeOffset}; the alignment is {alignment}.':
    "张量“{name}”从数据的第 {relativeOffset} 字节开始；对齐是 {alignment}。",
  'Tensor "{name}" starts inside "{name2}" by their "data_offsets": byte {offset}, where the other ends at {end}.':
    "按“data_offsets”，张量“{name}”从“{name2}”之内开始：第 {offset} 字节，而后者到第 {end} 字节结束。",
  'Tensor "{name}" stores a zero of {value}; config.json says "sym", which makes it {value2}.':
    "张量“{name}”存储的零点是 {value}；config.json 写明“sym”，应为 {value2}。",
  'Tensor "{name}" {shape} is missing; this model needs {tensors}.':
    "缺少张量“{name}”{shape}；此模型需要 {tensors}。",
  'Tensor "{tensor}" has type id {id}, which this app does not know.':
    "张量“{tensor}”的类型编号为 {id}，本应用不认识。",
  'Tensor "{tensor}" has type id {id}, {what}.': "张量“{tensor}”的类型编号为 {id}，即{what}。",
  'Tensor "{tensor}" has type id {id}; ids that are in use go from 0 to a few hundred.':
    "张量“{tensor}”的类型编号为 {id}；在用的编号为 0 到几百。",
  "text in JSON, not a model": "JSON 文本，不是模型",
  "Text of the document": "文档的文本",
  "Text recognition in {name} could not be started: {describe}": "无法启动{name}文字识别：{describe}",
  "Text size": "文字大小",
  "Text, code, web pages, PDF, books, mails, and files of Office and OpenDocument can be attached.":
    "可附上文本、代码、网页、PDF、电子书、邮件，以及 Office 和 OpenDocument 文件。",
  "That ended while you were elsewhere. A notification can tell you the next time.":
    "它在你离开时完成了。下次可以用通知告诉你。",
  "the adapter does not offer it": "适配器不提供",
  "The address holds a user name or password, which a page can not send. Take it out.":
    "地址中含有用户名或密码，页面无法发送。请去掉。",
  "The address on {host} holds a user name or password.": "{host} 的地址中含有用户名或密码。",
  "The addresses of {links} to the page's own site are left out; those of other sites are read.":
    "{links}指向本网站的地址已略去；指向其他网站的已读取。",
  "The answer is there.": "回答已写好。",
  "The answer, token by token": "逐个 token 的回答",
  "The app itself": "应用本身",
  "The article is read; {words} around it, such as navigation, are not. Open the document to see them, or to read the whole page.":
    "已读取正文；周围的 {words}（例如导航）未读取。打开文档可查看它们，或读取整个网页。",
  "The beginning of “{name}” of “{repo}” does not hold the model's sizes.":
    "“{repo}”的“{name}”的开头没有模型的大小。",
  "The bench needs a context of {tokens}; this model and device hold {capacity}.":
    "基准测试需要 {tokens} 的上下文；此模型和设备只能容纳 {capacity}。",
  "The best here, for workstations with a large graphics card": "这里最好的模型，适合配有大显存的工作站",
  "The browser asks before it reads the file": "浏览器在读取文件前需要你的许可",
  "The browser asks you again before “{name}” is read.": "浏览器在读取“{name}”之前会再次征求你的许可。",
  "The browser could not fetch the language.": "浏览器无法获取该语言。",
  "The browser did not allow copying": "浏览器不允许复制",
  "The browser did not allow copying.": "浏览器不允许复制。",
  "The browser gives this page no microphone. Allow it beside the page's address.":
    "浏览器没有允许此页面使用麦克风。请在页面地址旁允许。",
  "The browser has not promised to keep it: it may clear it when the disk fills up.":
    "浏览器没有承诺保留：磁盘快满时可能会清除。",
  "The browser has WebGPU but found no graphics adapter it may use.":
    "浏览器有 WebGPU，但没有找到可用的图形适配器。",
  "The browser keeps it until you delete it.": "浏览器会一直保留，直到你删除。",
  "The browser's speech service can not be reached.": "无法连接浏览器的语音服务。",
  "The browser's storage can not be read.": "无法读取浏览器的存储。",
  "The browser's storage did not work": "浏览器的存储出错",
  "the browser's WGSL does not have it": "浏览器的 WGSL 不支持",
  "The buffers that a dispatch reads and writes.": "一次调度读写的缓冲区。",
  'The bytes of "{name}" and the other Q2_0 tensors are neither those of groups of 64 weights nor of 128.':
    "“{name}”和其他 Q2_0 张量的字节既不是 64 个权重一组，也不是 128 个一组。",
  "The chat could not be saved: {describe}": "无法保存对话：{describe}",
  "The chat has changed, and what was found is no longer in it.": "对话已更改，找到的内容已不在其中。",
  "The chat is longer than the context": "对话超出上下文",
  "The chats here were stored by a newer version of this app.": "这里的对话由更新版本的应用存储。",
  'The codes of "{name}" are {value}; for {columns} this app reads {known} bits, 32 to a word.':
    "“{name}”的编码是 {value}；对 {columns}，本应用读取 {known} 位的编码，每 32 位为一个字。",
  "The config.json": "config.json",
  "The config.json has {characters}; up to {maxConfigChars} are read.":
    "config.json 有 {characters}；最多读取 {maxConfigChars} 个。",
  "The connection broke. Trying again…": "连接中断，正在重试…",
  "The connection to the graphics card was lost": "与显卡的连接已中断",
  "The graphics card did not do what was asked": "显卡未能完成请求",
  "The graphics card did not do what was asked: {reason}": "显卡未能完成请求：{reason}",
  "Try again. If it happens often, restart the browser or update the graphics driver.":
    "请重试。如果经常发生，请重启浏览器或更新显卡驱动。",
  "The GPU refused memory for “{name}”, on top of {liveBytes} in use.":
    "GPU 拒绝为“{name}”分配内存（已使用 {liveBytes}）。",
  "The connection to {host} broke off after {bytes}.": "与 {host} 的连接在 {bytes}之后中断。",
  "The context is full, so the answer ends here.": "上下文已满，因此回答到此为止。",
  "The context is full: {tokens} are all this chat can hold, so the answer ends here.":
    "上下文已满：此对话最多容纳 {tokens}，因此回答到此为止。",
  "The conversation is {tokens} long; the context holds {capacity}.":
    "对话长 {tokens}；上下文可容纳 {capacity}。",
  "The conversation up to the last answer is read once more, on the side. The chat is left as it is; the memory of a second context is taken meanwhile.":
    "将另外重读到最后一个回答为止的对话。对话本身不变；其间会占用第二份上下文的内存。",
  "The conversation uses all {size} private characters of Unicode.":
    "对话用到了全部 {size} 个 Unicode 私用字符。",
  "The deeper its colour, the less probable the model found the token.{token}":
    "颜色越深，模型认为该 token 的可能性越小。{token}",
  "The demo model is tiny, six million parameters: it finds facts in a short text and little else, and can not quote a document. For real answers choose a Qwen3.5 model from the model panel.":
    "演示模型非常小，只有六百万参数：它能在短文中找到事实，此外会的不多，也不能引用文档。要得到真正的回答，请在模型面板中选择一个 Qwen3.5 模型。",
  'The description of tensor "{name}"': "张量“{name}”的描述",
  "The dialog": "对话框",
  "The disk is full, or this site has used all it may: the chat was not saved.":
    "磁盘已满，或本网站已用完允许的空间：对话没有保存。",
  "The disk is full, or this site has used all it may: what was read of the chat is not kept.":
    "磁盘已满，或本网站已用完允许的空间：没有保存对话的阅读结果。",
  "The document": "文档",
  "The document ({size}) could not be kept: the disk is full.": "无法保存文档（{size}）：磁盘已满。",
  "The document ({size}) could not be kept: {reason}": "无法保存文档（{size}）：{reason}",
  "The document has elements more than {DEEPEST} deep in each other.": "文档的元素嵌套超过 {DEEPEST} 层。",
  "the document has “{original}” for “{quoted}”": "文档中是“{original}”，而不是“{quoted}”",
  "the document has “{original}” too": "文档中还有“{original}”",
  "The documents are read.": "文档已读完。",
  "The download did not finish": "下载没有完成",
  "The fastest. Runs nearly anywhere; for short questions, summaries, rewriting":
    "速度最快，几乎在任何设备上都能运行；适合简短问答、摘要和改写",
  "The file": "文件",
  'The file does not say "{key}"; every Qwen3.5 file does.': "文件中没有“{key}”；每个 Qwen3.5 文件都有。",
  "The file does not say how it splits text. The splitting of {family} is used.":
    "文件没有说明如何切分文本，因此使用 {family} 的切分方式。",
  'The file does not say its architecture; this app runs Qwen3.5, "qwen35", or with experts "qwen35moe".':
    "文件没有说明架构；本应用运行 Qwen3.5，即“qwen35”，或混合专家的“qwen35moe”。",
  "The file does not say its encoding; it was read as {encoding}. If letters look wrong, open the document and choose another encoding.":
    "文件没有说明编码；已按 {encoding} 读取。如果文字有误，请打开文档并选择另一种编码。",
  "The file does not say which of its tokens are tags. Each is taken for one token.":
    "文件没有说明哪些 token 是标签。这里把每个标签当作一个 token。",
  "The file from {host} ended after {receivedBytes} of {bytes}.":
    "来自 {host} 的文件在 {receivedBytes} 处结束，应有 {bytes}。",
  'The file has a tensor "{name}"; this app knows such a scale of NVFP4 matrices only.':
    "文件中有张量“{name}”；本应用只认识 NVFP4 矩阵的这种缩放。",
  'The file has no "{key}".': "文件没有“{key}”。",
  "The file has no cells, as a notebook has; it is read as it is.":
    "该文件没有笔记本应有的单元格，因此按原样读取。",
  "The file has no chat template": "文件没有对话模板",
  "The file has no chat template, and its {nAddedTokens} added tokens lack {missing}.":
    "文件没有对话模板，其 {nAddedTokens} 个附加 token 缺少 {missing}。",
  'The file has no tensor "token_embd.weight"; every Qwen3.5 has one.':
    "文件没有张量“token_embd.weight”；每个 Qwen3.5 都有。",
  'The file has no tokenizer ("tokenizer.ggml.tokens"), and there is no “tokenizer.json” beside it.':
    "文件没有分词器（“tokenizer.ggml.tokens”），旁边也没有“tokenizer.json”。",
  "The file has {bytes}; the length of a safetensors header alone takes {lengthBytes}.":
    "文件只有 {bytes}；仅 safetensors 文件头的长度就占 {lengthBytes} 个字节。",
  "The file has {tokens} but {tokenTypes}.": "文件有 {tokens}，却有 {tokenTypes}。",
  "The file is a big-endian GGUF of version 3; only little-endian is read.":
    "该文件是大端序的第 3 版 GGUF；只能读取小端序。",
  "The file is a drafter: it holds only multi-token-prediction layers ({nPredicting} of {nBlocks} blocks), not the model they belong to.":
    "文件是草稿层：只含多 token 预测层（{nBlocks} 个块中的 {nPredicting} 个），没有它们所属的模型。",
  "The file is a drafter: layers that guess several tokens ahead for a model, not the model.":
    "文件是草稿层：为模型提前猜测若干 token 的层，不是模型本身。",
  "The file is a LoRA adapter: changes to a model's weights, not the model.":
    "文件是 LoRA 适配器：对模型权重的改动，不是模型本身。",
  "The file is a tokenizer alone: it has a header, and no weights.": "文件只有分词器：有文件头，没有权重。",
  "The file is a vision projector, the part of a model that looks at images.":
    "文件是视觉投影器，即模型中看图像的部分。",
  "The file is damaged or is of another kind of model. Get it again from where the model is from.":
    "文件已损坏，或属于另一类模型。请从模型的来源重新获取。",
  "The file is damaged or only partly there. Get it again.": "文件已损坏或不完整。请重新获取。",
  "The file is damaged or was not written as GGUF. Get it again, or choose another file.":
    "文件已损坏，或不是按 GGUF 写成的。请重新获取，或选择其他文件。",
  "The file is damaged or was not written as safetensors. Get it again, or choose another file.":
    "文件已损坏，或不是按 safetensors 写成的。请重新获取，或选择其他文件。",
  "The file is damaged. Get it again from where the model is from.": "文件已损坏。请从模型的来源重新获取。",
  "The file is damaged. Get it again, or choose another file.": "文件已损坏。请重新获取，或选择另一个文件。",
  'Tensor "{name}" is stored in PrismML\'s 1-bit type of spring 2026, which this app does not read.':
    "张量“{name}”使用 PrismML 在 2026 年春季的 1 位类型存储，此应用无法读取。",
  "Choose the newer file of the same model, in Q1_0.": "请选择同一模型较新的 Q1_0 文件。",
  "The file is damaged. Get it again, or choose its PQ2_0 or Q2_0_g64 file.":
    "文件已损坏。请重新获取，或选择它的 PQ2_0 或 Q2_0_g64 文件。",
  "The file is GGUF version {version}; versions 2 and 3 are read.":
    "该文件是第 {version} 版 GGUF；可读取第 2 和第 3 版。",
  "The file is no longer at hand since the page was reloaded. To read it otherwise, attach it again.":
    "页面重新加载后，文件已不在手边。要以其他方式读取，请重新附上。",
  "The file is only partly there. Download it again.": "文件不完整。请重新下载。",
  "The file is {what}.": "该文件是{what}。",
  "The file may be damaged, or made to be endless. Get it again, or print it to a new PDF.":
    "文件可能已损坏，或故意做成没有尽头。请重新获取，或打印成新的 PDF。",
  "The file may be damaged. Get it again, or print it to a new PDF.":
    "文件可能已损坏。请重新获取，或打印成新的 PDF。",
  "The file of {name} again": "再次选择 {name} 的文件",
  "The file of “{modelName}” is another one than this chat was read with, so it is read again.":
    "“{modelName}”的文件与读取此对话时的不同，因此会重读。",
  "The file on the server has changed": "服务器上的文件已更改",
  "The file says it has {blocks}; its tensors make {layers}.": "文件称有 {blocks}；它的张量只有 {layers}。",
  "The file says it has {layers}; this app runs up to 1,024.": "文件称有 {layers}；本应用最多运行 1,024 层。",
  "The file says that {nRetyped} of its tags are plain text. Each is taken for one token.":
    "文件把 {nRetyped} 个标签标为普通文本。这里把每个标签当作一个 token。",
  'The file scales its rotation by "{type}"; this app knows "yarn" and "none".':
    "文件用“{type}”缩放旋转位置编码；本应用认识“yarn”和“none”。",
  'The file splits text by "{name}". The splitting of {family} is used.':
    "文件按“{name}”切分文本，这里使用 {family} 的切分方式。",
  "The file was replaced where it came from. Delete the model and add it again.":
    "来源处的文件已被替换。请删除此模型并重新添加。",
  'The file\'s architecture is "{found}"; this app runs Qwen3.5, "qwen35", or with experts "qwen35moe".':
    "文件的架构是“{found}”；本应用运行 Qwen3.5，即“qwen35”，或混合专家的“qwen35moe”。",
  "The file's chat template can not be read ({reason})": "文件的对话模板无法读取（{reason}）",
  "The file's chat template fails on a plain question ({reason})":
    "文件的对话模板处理普通问题时出错（{reason}）",
  "The file's tokenizer does not belong to its weights: choose another file.":
    "文件的分词器与其权重不匹配：请选择另一个文件。",
  "The file's tokenizer is damaged or incomplete. Get the file again, or choose another one.":
    "文件的分词器已损坏或不完整。请重新获取文件，或选择其他文件。",
  'The file\'s tokenizer is of kind "{model}"; Qwen3.5\'s is "gpt2" (byte-level BPE).':
    "文件的分词器类型为“{model}”；Qwen3.5 的是“gpt2”（字节级 BPE）。",
  "The files do not belong together. Choose those of one model, all from the same download.":
    "这些文件不属于同一个模型。请选择同一次下载的同一模型的文件。",
  "The first line names no kind of diagram that can be drawn. This is the source.":
    "第一行没有写明可绘制的图表类型。这是源代码。",
  "The GGUF magic": "GGUF 标识",
  "The GGUF version and counts": "GGUF 的版本和数目",
  "The GPU refused memory for {what}: {liveBytes} on top of {before} in use.":
    "GPU 拒绝为{what}分配内存：{liveBytes}，另有 {before} 使用中。",
  "The graphics adapter gave no device: {cause}": "图形适配器没有给出设备：{cause}",
  "The graphics device was lost.": "图形设备已丢失。",
  "The graphics device was lost: {message}": "图形设备已丢失：{message}",
  "The head over the conversation": "此头在整个对话中的变化",
  "The head, token by token": "此头，逐个 token",
  "The header claims {what} of at least {bytes}; at most {maxCount} are read, and the file has {bytesLeft} left.":
    "文件头声称有 {what}，每个至少 {bytes}；最多读取 {maxCount} 个，而文件只剩 {bytesLeft}。",
  "The header's length is {bytes}; from 2 to {maxSafetensorsHeaderBytes} are read.":
    "文件头的长度是 {bytes}；可读取 2 到 {maxSafetensorsHeaderBytes} 个字节。",
  "The header's length is {bytes}; the file has {nAfter} after it.":
    "文件头的长度是 {bytes}；文件在其后只有 {nAfter} 个字节。",
  "the hub's cache": "hub 的缓存",
  "The index has {characters}; up to {maxIndexChars} are read.":
    "索引有 {characters}；最多读取 {maxIndexChars} 个。",
  "The last inputs of a DeltaNet layer’s short convolution, which mixes each token with the three before it.":
    "DeltaNet 层短卷积的最近输入，它把每个 token 与之前的三个混合。",
  "The last {nSteps} of {tokens} are shown.": "显示 {tokens}中的最后 {nSteps} 个。",
  "the last {window} exactly": "最近 {window} 个精确",
  'The length of "{tokensKey}"': "“{tokensKey}”的长度",
  "The length of the state, taken as one long vector: the root of the sum of its squares. It tells how much the head holds.":
    "把状态看作一个长向量时的长度：各元素平方和的平方根。它表示该头保存了多少内容。",
  "The length of {what}": "{what}的长度",
  "The link you opened asks for a model from another place. Nothing has been downloaded. Go on only if you trust whoever gave you the link.":
    "你打开的链接要求从别处获取模型。目前没有下载任何内容。只有信任给你链接的人时才继续。",
  "The loaded model can not think first.": "已加载的模型不能先思考。",
  "The matrix that a DeltaNet head remembers with: it answers keys with values.":
    "DeltaNet 头用来记忆的矩阵：它用值来回答键。",
  "The memory of a DeltaNet layer: a matrix for each of its heads. It has the same size however long the chat gets.":
    "DeltaNet 层的记忆：每个头一个矩阵。无论对话多长，大小都不变。",
  "the memory of any layer and head as a picture": "任意层和头的记忆，以图像显示",
  'The merge "{merge}" is not two tokens with a space between.':
    "合并规则“{merge}”不是以空格分隔的两个 token。",
  "The merge {stringify} is not two tokens.": "合并规则 {stringify} 不是两个 token。",
  "The message was not sent to the model": "消息没有发送给模型",
  "The model computes no numbers any more.": "模型不再算出数值。",
  "The model computes no numbers: some of its weights are damaged, or infinite.":
    "模型算不出数值：部分权重已损坏或为无穷大。",
  "The model ended inside its thoughts, and gave no answer.": "模型在思考中结束，没有给出回答。",
  "The model goes on reading what it thought before earlier answers. It can build on that, and it takes room in the context.":
    "模型会继续读取之前回答前的思考。它可以在此基础上继续，但会占用上下文。",
  'The model has a tensor "{unknown}"; no such tensor is known in its layers.':
    "模型中有张量“{unknown}”；它的各层中没有已知的这种张量。",
  "The model has {size}; this app needs {expected}.": "模型的规格是：{size}；本应用要求：{expected}。",
  'The model is a mixture of experts ({what}) by its tensors, and says it is dense, "qwen35".':
    "从张量看，这是混合专家模型（{what}），而文件自称是稠密的“qwen35”。",
  "The model is in {files}, of which number {absent}{more} is missing.":
    "模型分为 {files}，其中缺少第 {absent}{more} 个。",
  "The model is loaded again for this once you close the settings and the answer is written.":
    "关闭设置且回答写完后，模型会为此重新加载。",
  "The model is loaded again for this when you close the settings.": "关闭设置后，模型会为此重新加载。",
  "The model is split into {files}, of which {names}{more} are missing.":
    "模型分为 {files}，其中缺少 {names}{more}。",
  "The model names a chat after its first answer, while nothing else is asked of it. The demo model names none.":
    "第一次回答之后，模型会在空闲时为对话命名。演示模型不命名。",
  "The model runs in another tab of this browser.": "模型正在此浏览器的另一个标签页中运行。",
  "The model runs in another tab. One tab at a time has it in the graphics memory.":
    "模型正在另一个标签页中运行。每次只有一个标签页能把它放在显存中。",
  "The model splits text with pre-tokenizer {found}; known are {keys}.":
    "模型用预分词器 {found} 切分文本；已知的有 {keys}。",
  "The model works the question out before it answers. Slower, and better at hard questions.":
    "模型先把问题想清楚再回答。较慢，但更擅长难题。",
  "The model's chat template refused the conversation: {reason}": "模型的对话模板拒绝了此对话：{reason}",
  "The model's own": "模型自身的",
  "the model's own": "模型自身的",
  "The model's worker broke down: {reason}": "模型的 worker 出错：{reason}",
  "The model.safetensors.index.json": "model.safetensors.index.json",
  "The model’s numbers, as its file has them or rounded on the way. They do not change while you chat.":
    "模型的数值，按文件原样或在途中取整。聊天时不会改变。",
  "The most GPU memory that was taken at one time since the page was opened.":
    "页面打开以来同一时刻占用的最多 GPU 内存。",
  "The most of something that WebGPU allows on this device.": "WebGPU 在此设备上允许的最大值。",
  "The name does not say how its numbers are stored": "名称没有说明数值的存储方式",
  "The name of tensor {index}": "第 {index} 个张量的名称",
  "The new chat": "新对话",
  "The norm of what the token changed in the state by writing.": "token 写入时使状态改变的部分的范数。",
  "The number of 32-bit multiplications and additions that this device does in a second at best, measured here.":
    "此设备每秒最多完成的 32 位乘加次数，在这里测得。",
  "The numbers that a token stores under its key: the rows of the state.": "token 存在键下的数：状态的行。",
  "The numbers under which a token stores something: the columns of the state.":
    "token 存储内容时所用的数：状态的列。",
  "The one before it, as large": "上一代，同样大小",
  "The page": "页面",
  "The page of “{name}” has no text; it may be a scanned picture of it.":
    "“{name}”的这一页没有文本；可能是扫描图片。",
  "The page was closed or reloaded here, so the answer is not whole.":
    "页面在这里被关闭或重新加载，因此回答不完整。",
  "The page's words. A model answers in the language of the question.": "页面的语言。模型用提问的语言回答。",
  "The panel": "面板",
  "The part that looks at images. This app reads and writes text, which needs none of it.":
    "看图像的部分。本应用只读写文本，不需要它。",
  "The password does not open “{name}”.": "密码无法打开“{name}”。",
  "The pasted text ({characters}) is attached as a document.": "粘贴的文本（{characters}）已作为文档附上。",
  "the path of a file": "文件路径",
  "the pattern {pattern}": "正则表达式 {pattern}",
  "The picture": "此图片",
  "the picture": "此图片",
  "The plan by the published numbers needs no network.": "按公开数值的规划不需要网络。",
  "The pre-tokenizer is a {type} with {nSplits} regular expressions; Qwen3.5's has 1.":
    "预分词器是带 {nSplits} 个正则表达式的 {type}；Qwen3.5 的有 1 个。",
  "The program that draws diagrams could not be loaded. Go online, then press “Draw the diagram”.":
    "无法加载绘制图表的程序。请联网，然后点“绘制图表”。",
  "the question and what followed it": "该问题及其后的内容",
  "the read ceiling": "读取上限的测量",
  "The reader of documents broke down: {reason}": "文档读取器出错：{reason}",
  "The right end of the curves.": "曲线的右端。",
  "The rules": "规则",
  "The safetensors header": "safetensors 文件头",
  "The safetensors header is no text in UTF-8.": "safetensors 文件头不是 UTF-8 文本。",
  "The same number makes the same pairs.": "相同的数产生相同的键值对。",
  "The same with full attention in every layer": "每一层都用全注意力时",
  'The scales of "{name}" are {value}; this app reads groups of a multiple of 32 of its {columns}.':
    "“{name}”的缩放是 {value}；对它的 {columns}，本应用读取大小为 32 的倍数的分组。",
  "The server gave it in the file's place. Get a new link, then download the file again.":
    "服务器给出的是它而不是文件。请获取新链接，然后重新下载。",
  "The server gave it in the file's place. Mend what it says, then download the file again.":
    "服务器给出的是它而不是文件。请按其说明处理，然后重新下载。",
  "The server has a problem. Try again later.": "服务器有问题。请稍后重试。",
  "The share of its attention that a head gave to a position. All shares make 100 %.":
    "一个头分给某个位置的注意力份额。所有份额合计 100%。",
  "The site gave a page in the file's place: sign in there if it asks for it, and download the file itself.":
    "网站给出的是网页而不是文件：如果要求登录，请先登录，再下载文件本身。",
  "The speed at which this device reads memory at best, measured here. Near 100 %, only fewer bytes would be faster.":
    "此设备读取内存的最高速度，在这里测得。接近 100% 时，只有减少字节数才会更快。",
  "The stored chats could not be read: {describe}": "无法读取存储的对话：{describe}",
  "The stored file “{fileName}” can not be read: {reason}.": "无法读取存储的文件“{fileName}”：{reason}。",
  "The strength of a token’s writing, from 0 to 1: how far what is stored under its key moves to its value. At 0 nothing is written.":
    "token 的写入强度，从 0 到 1：键下已存的内容向它的值移动多少。为 0 时什么都不写。",
  "The system prompt is reset.": "系统提示词已重置。",
  "The chat's own settings are reset.": "此对话自己的设置已重置。",
  'The tokenizer has {tokens}; "token_embd.weight" has rows for {vocabSize}.':
    "分词器有 {tokens}；“token_embd.weight”只有 {vocabSize} 行。",
  "The tokenizer.json is damaged or incomplete. Get it again, or choose another model.":
    "tokenizer.json 已损坏或不完整。请重新获取，或选择其他模型。",
  "the tuner": "调优器",
  'The value heads are grouped by key head ("qwen35.ssm.v_head_reordered" is false); this app reads them tiled.':
    "值头按键头分组（“qwen35.ssm.v_head_reordered”为 false）；本应用读取交错排列的值头。",
  'The value of "{key}"': "“{key}”的值",
  "the weights": "权重",
  'The weights are stored rotated in version {version} of "{prefix}version"; this app knows 1 and 2.':
    "权重以旋转形式存储，“{prefix}version”的版本是 {version}；本应用认识版本 1 和 2。",
  'The weights are stored rotated, and "{listed}" is listed without "{other}"; this app turns their common input for both.':
    "权重以旋转形式存储，列出了“{listed}”，却没有列出“{other}”；本应用会为两者一起旋转共同的输入。",
  'The weights are stored rotated, and the file says more about it than this app knows: "{unknown}".':
    "权重以旋转形式存储，而文件对此的说明超出了本应用所知：“{unknown}”。",
  'The weights are stored rotated, and what "{prefix}*" says of it does not hold: {what}.':
    "权重以旋转形式存储，而“{prefix}*”的说明与文件不符：{what}。",
  'The weights are stored rotated, in a way that this app does not turn back ("{other}").':
    "权重以旋转形式存储，本应用无法还原这种旋转（“{other}”）。",
  'The {parts} hold {tensors} together; "split.tensors.count" is {expected}.':
    "{parts}共有 {tensors}；“split.tensors.count”是 {expected}。",
  "times of single kernels": "单个内核的计时",
  "Timing {name} of reading": "正在为读取中的{name}计时",
  "Timing {name} of writing": "正在为写入中的{name}计时",
  tuner: "调优器",
  "Your settings are the model's own again.": "你的设置已恢复为模型自带的设置。",
  Notifications: "通知",
  "This browser has none.": "此浏览器没有通知功能。",
  "Says so when a long answer, or the reading of documents, ends in a tab that is out of sight.":
    "当较长的回答或文档读取在看不见的标签页中结束时通知你。",
  "The browser does not allow it. Allow notifications for this page in its settings of the site.":
    "浏览器不允许。请在浏览器的网站设置中允许此页面发送通知。",
  "The Tab key reaches everything else.": "其他一切都可用 Tab 键到达。",
  "The text has {gone} too, which the program does not show.": "文本中还有 {gone}，程序本身不显示它们。",
  "The text of {whose} was recognised ({language}), {share} % sure. Compare numbers and names with the original.":
    "{whose}的文字由识别得到（{language}），把握 {share}%。请与原件核对数字和名称。",
  "The token that was drawn comes from the GPU’s memory to the worker.":
    "抽取的 token 从 GPU 内存回到 worker。",
  "The tokenizer gave id {outside}; the model has {vocabSize}.":
    "分词器给出编号 {outside}；模型只有 {vocabSize} 个。",
  'The tokenizer is of kind {stringify}; Qwen3.5\'s is a byte-level "BPE".':
    "分词器类型为 {stringify}；Qwen3.5 的是字节级“BPE”。",
  "The vocabulary lacks the token of byte {byte}; a byte-level one has all 256.":
    "词表缺少字节 {byte} 的 token；字节级词表含有全部 256 个。",
  "The voice “{name}” is not on this device: the browser sends the text of the answer to its maker.":
    "声音“{name}”不在此设备上：浏览器会把回答的文本发送给其制造商。",
  "The weights as they were published; how exact they are kept is chosen when they are loaded":
    "按发布原样的权重；保存精度在加载时选择",
  "The worker hands the commands to the browser’s GPU process.": "worker 把命令交给浏览器的 GPU 进程。",
  "The worker writes down the commands of a step.": "worker 写下一步的命令。",
  "The {count} files that came with the mail are documents of their own.":
    "邮件附带的 {count} 个文件各为一个文档。",
  'The “tokenizer.json” beside the model has {tokens}; "token_embd.weight" has rows for {vocabSize}.':
    "模型旁的“tokenizer.json”有 {tokens}；而“token_embd.weight”有 {vocabSize} 行。",
  "The “{name}” beside the model has {bytes} or more; at most {maxBytes} are read.":
    "模型旁的“{name}”有 {bytes}或更多；最多读取 {maxBytes}。",
  "The “{name}” beside the model is not JSON: {reason}": "模型旁的“{name}”不是 JSON：{reason}",
  "The “{name}” beside the model is not text in UTF-8.": "模型旁的“{name}”不是 UTF-8 文本。",
  "Theme of the system": "跟随系统主题",
  "Then reload the page: what it holds now is gone with that.": "然后重新加载页面：现有的内容会随之消失。",
  "There is no answer in this chat yet. Ask something, then come back.":
    "此对话还没有回答。请先提问，然后回到这里。",
  "There is no config.json beside it, which tells the model's sizes.": "旁边没有说明模型大小的 config.json。",
  "There is no GPU to plan for yet.": "目前还没有可供规划的 GPU。",
  "There is no room left on the disk": "磁盘空间不足",
  "There is no “config.json” beside the safetensors; it tells the model's sizes.":
    "safetensors 旁没有“config.json”；它说明模型的大小。",
  "These chats could not be taken in": "无法导入这些对话",
  "Think first": "先思考",
  Thinking: "正在思考",
  "Thinking · {rate} tokens/s": "正在思考 · {rate} token/s",
  "Thinking…": "正在思考…",
  "Thinks first": "先思考",
  "This adapter is software: counts are results, times say little. ":
    "此适配器是软件实现：计数有效，时间参考意义不大。",
  "This adapter is software: dispatches and bytes below are results, times are not.":
    "此适配器是软件实现：下面的调度次数和字节数有效，时间无效。",
  "This app does not read safetensors.": "本应用不读取 safetensors。",
  "This browser can not understand speech on this device: it sends what you say to its maker.":
    "此浏览器不能在此设备上识别语音：它会把你说的话发送给其制造商。",
  "This browser does not let the page store it. In a private window, or with site data blocked, it can not be kept.":
    "此浏览器不允许页面存储它。在隐私窗口中或网站数据被禁止时，无法保留。",
  "This browser does not multiply 8-bit numbers, so prompts are read as usual.":
    "此浏览器不支持 8 位数乘法，因此按常规读取提示词。",
  "This browser does not offer WebGPU": "此浏览器不提供 WebGPU",
  "This browser does not offer WebGPU.": "此浏览器不提供 WebGPU。",
  "This browser has no voice for the language of the answer.": "此浏览器没有适合回答语言的声音。",
  "This browser's storage for models can not be reached: {reason}": "无法访问此浏览器的模型存储：{reason}",
  "This chat": "此对话",
  "This chat was read with other settings ({name}: {before}, now {now}), so it is read again.":
    "此对话是用其他设置读的（{name}：{before}，现为 {now}），因此会重读。",
  "This chat was read with “{modelName}”; “{modelName2}” has to read it itself.":
    "此对话由“{modelName}”读过；“{modelName2}”需要自己读取。",
  "this chat's own": "此对话自己的",
  "This deletes from this browser: {gone}. It can not be taken back. Model files that are read from your own disk stay there. The page then starts as on a first visit; close other tabs of it before.":
    "将从此浏览器删除：{gone}。此操作无法撤销。从你自己磁盘读取的模型文件会保留。页面随后会像首次访问时一样启动；请先关闭其他标签页。",
  "This device gives no timestamps: times are those of whole submits by the wall clock, less an empty one, which vary by {resolutionUs} µs.":
    "此设备没有时间戳：用时为整次提交的挂钟时间减去空提交，误差 {resolutionUs} µs。",
  "This diagram has a mistake in line {line}, so it can not be drawn. This is its source.":
    "此图表第 {line} 行有错误，无法绘制。这是它的源代码。",
  "This diagram has a mistake, so it can not be drawn. This is its source.":
    "此图表有错误，无法绘制。这是它的源代码。",
  "This diagram is too large to be drawn here. Its source can be copied or saved.":
    "此图表太大，无法在这里绘制。可以复制或保存它的源代码。",
  "This file asks for a password": "此文件需要密码",
  "This file can not be attached": "无法附上此文件",
  "This file can not be read": "无法读取此文件",
  "This file has pictures of text only": "此文件只有文字的图片",
  "This file is a folder of files": "此文件是一个文件夹",
  "This file is a picture": "此文件是图片",
  "This frees {sizeBytes} on your disk. Your chats stay. To use the model again, it has to be stored again.":
    "将释放 {sizeBytes} 磁盘空间。你的对话会保留。要再次使用此模型，需要重新存储。",
  "This is {totalBytes} over the budget. Choose a shorter context or a smaller model, or say in the settings how much your card has. You may try all the same; if the GPU refuses, nothing is lost.":
    "超出预算 {totalBytes}。请选择更短的上下文或更小的模型，或在设置中说明显卡的内存大小。也可以直接试一试；即使 GPU 拒绝，也不会丢失任何内容。",
  "This link can not be used": "无法使用此链接",
  "This model": "此模型",
  "This model does not run here": "此模型不能在这里运行",
  "This model is being stored now, perhaps in another tab.": "此模型正在存储中，可能在另一个标签页。",
  "This model's weights are not whole numbers of 8 bits or fewer, so its prompts are read as usual.":
    "此模型的权重不是 8 位以内的整数，因此按常规读取提示词。",
  "This part has {characters}; the first 50,000 are shown. {button}":
    "这部分有 {characters}；显示前 50,000 个。{button}",
  "this preset's": "此预设的",
  "This tab shows": "此标签页显示",
  "This token was given, not drawn.": "这个 token 是给定的，不是抽取的。",
  "Thorough answers, for a strong graphics card": "回答更周全，适合性能强的显卡",
  "Thought for {duration}": "思考了 {duration}",
  Thoughts: "思考过程",
  "three values a weight, for models that were trained so": "每个权重三个值，用于为此训练的模型",
  "three values a weight, for models that were trained so, in the fewest bytes":
    "每个权重三个值，用于为此训练的模型，字节最少",
  Time: "时间",
  "time to read: being measured": "读取时间：正在测量",
  "time to read: not measured yet on this device": "读取时间：尚未在此设备上测量",
  "Time to the first token": "到第一个 token 的时间",
  "Times of kernels by {source}, which tell {resolutionUs} µs apart.":
    "内核用时来自{source}，可分辨 {resolutionUs} µs。",
  "To the end": "到末尾",
  "To the page": "送达页面",
  "to {unit}": "到{unit}",
  "to, ms": "结束（ms）",
  Today: "今天",
  Token: "token",
  'Token "{text}" has id {id}.': "token“{text}”的编号为 {id}。",
  "Token {token}": "token {token}",
  "Token {token}, wrote {written}": "token {token}，写入 {written}",
  "Token {token}: {code}": "token {token}：{code}",
  Tokens: "token",
  "Tokens after which half of the state would be left, if each of them faded it as much as this one.":
    "若每个 token 都像这个一样使状态消退，经过多少个 token 后剩下一半。",
  "Tokens already in the context": "上下文中已有的 token",
  "tokens are counted once a model is loaded": "加载模型后计算 token 数",
  "tokens could not be counted": "无法计算 token 数",
  "Tokens of the answer": "回答的 token",
  "Tokens of what is ticked": "已勾选的 token",
  "Tokens that the GPU was asked for and has not answered yet. Several at once keep it busy.":
    "已向 GPU 请求、尚未返回的 token。同时有几个可使 GPU 保持忙碌。",
  "Tokens {first} to {nTexts} of {totalTokens} are shown.":
    "显示第 {first} 至 {nTexts} 个 token，共 {totalTokens} 个。",
  "Told to the model before a chat: who it should be, how it should write, what it should know.":
    "在对话之前告诉模型：它是谁，应当怎样写，应当知道什么。",
  "Too long for the context: {tokens} are attached, {max} of {contextLength} are free.{model}{device}{budget}":
    "超出上下文：附件共 {tokens}，而上下文 {contextLength} 中空余 {max}。{model}{device}{budget}",
  "Took out of the archive: “{title}”.": "已移出归档：“{title}”。",
  "Top-k": "Top-k",
  "Top-p": "Top-p",
  Total: "总计",
  "Total, of a budget of {budgetBytes}": "总计，预算 {budgetBytes}",
  "Try again": "重试",
  "Try again, or attach a smaller file. If that does not help, reload the page.":
    "请重试，或附上较小的文件。如果没有用，请重新加载页面。",
  "Try again, or attach fewer pages.": "请重试，或附上较少的页面。",
  "Try again, or download the file yourself and open it here from the disk.":
    "请重试，或自行下载文件，再从这里打开。",
  "Try again. If that does not help, accept the licence on the site if it has one.":
    "请重试。如果没有用，请在网站上接受许可（如果有）。",
  "Try again. If that does not help, download the file elsewhere.":
    "请重试。如果没有用，请在别处下载该文件。",
  "Try again. If that does not help, reload the page. Models and chats are kept.":
    "请重试。如果没有用，请重新加载页面。模型和对话会保留。",
  "Try it with a document": "用文档试一试",
  "Turn on hardware acceleration in the browser's settings, update the graphics driver, and restart the browser.":
    "请在浏览器设置中开启硬件加速，更新显卡驱动程序，然后重启浏览器。",
  "Two pairs for each channel are stored, the context switches, and N new pairs follow. Rules with a decay forget at the switch; the others read the new pairs through the old ones.":
    "每个通道存入两对，切换上下文，再存入 N 个新对。有衰减的规则在切换时遗忘；其他规则隔着旧的读新的。",
  "two values a weight, for models that were trained so": "每个权重两个值，用于为此训练的模型",
  "Type both, or paste the address of its page, or that of a .gguf file.":
    "请输入两者，或粘贴其页面或 .gguf 文件的地址。",
  "Type it again; capitals count.": "请重新输入；区分大小写。",
  "Type its password. It is used to read the file here, and not kept.":
    "请输入密码。密码只用于在这里读取文件，不会保存。",
  "Type the address of a .gguf file.": "请输入 .gguf 文件的地址。",
  "under way": "进行中",
  Undo: "撤销",
  "Unfinished downloads": "未完成的下载",
  "Unfinished: {name}": "未完成：{name}",
  "Unnamed GPU": "未命名的 GPU",
  "Unpack it with its password, and attach the files in it.": "请用密码解压，然后附上其中的文件。",
  "Unpack it, and attach the files that you need.": "请解压，然后附上需要的文件。",
  "Unpack it, and choose the file conversations.json in it.":
    "请解压，然后选择其中的 conversations.json 文件。",
  "Unpack it, or save it without a password, and attach that.": "请解压，或保存为没有密码的文件后再附上。",
  "Unpack it, then choose the .gguf file or the folder with .safetensors that was in it.":
    "请解压，然后选择其中的 .gguf 文件或 .safetensors 文件夹。",
  "Unpack the archive with its password, and choose the file in it.":
    "请用密码解压压缩包，然后选择其中的文件。",
  Unpin: "取消置顶",
  "Unpin this chat": "取消置顶此对话",
  "Until it is done, or the context is full": "直到写完，或上下文已满",
  "Update Firefox: version 141 or newer on Windows, 145 or newer on a Mac.":
    "更新 Firefox：Windows 需 141 或更新版本，Mac 需 145 或更新版本。",
  "Update the browser and the graphics driver. If it stays, report it with the text above.":
    "请更新浏览器和显卡驱动程序。如果仍然出现，请附上以上文字进行报告。",
  "Update the browser: Chrome and Edge have WebGPU since version 113, on Android since 121.":
    "更新浏览器：Chrome 和 Edge 从 113 版起支持 WebGPU，Android 从 121 版起。",
  "Update the graphics driver, or open this page on a device with a graphics card.":
    "更新显卡驱动程序，或在有显卡的设备上打开此页面。",
  "Update the graphics driver, then restart the browser.": "请更新显卡驱动程序，然后重启浏览器。",
  "Update to Safari 26 or newer (macOS 26, iOS 26).": "更新到 Safari 26 或更新版本（macOS 26、iOS 26）。",
  "Use a current Chrome or Edge (127 or later), Safari 26 or later, or Firefox 141 or later on Windows.":
    "请使用最新的 Chrome 或 Edge（127 或更新）、Safari 26 或更新，或 Windows 上的 Firefox 141 或更新。",
  "Use a file in place…": "就地使用文件…",
  "Use a folder in place…": "就地使用文件夹…",
  "Use a shorter context": "使用较短的上下文",
  "Use an address that starts with https://, or http:// on this machine itself.":
    "请使用以 https:// 开头的地址，或本机的 http://。",
  "Use in the new chat": "在新对话中使用",
  "Use in this chat": "在此对话中使用",
  "Use it": "使用",
  "Use it here": "在此使用",
  'Use the link of the file itself. On Hugging Face it holds "/resolve/", not "/blob/" or "/tree/".':
    "请使用文件本身的链接。在 Hugging Face 上，链接含有“/resolve/”，而不是“/blob/”或“/tree/”。",
  "Use {name}": "使用 {name}",
  "Use the preset “{name}”": "使用预设“{name}”",
  "Use no preset": "不使用预设",
  "Language: {name}": "语言：{name}",
  "Move this chat to the folder “{name}”": "将此对话移到文件夹“{name}”",
  "Move this chat to a new folder…": "将此对话移到新文件夹…",
  "Take this chat out of its folder": "将此对话移出文件夹",
  "used {lastUsedAt}": "上次使用：{lastUsedAt}",
  "used, remembered from an earlier visit": "在用，沿用上次访问的结果",
  Usual: "常规",
  Value: "值",
  value: "值",
  values: "值",
  Variant: "变体",
  variant: "变体",
  Variants: "变体",
  "Variants of kernels": "内核变体",
  "Variants of kernels chosen for this device": "为此设备选用的内核变体",
  "Variants of products and of the prompt’s delta rule, checked against the baseline and timed":
    "矩阵乘积和提示词 delta 规则的变体，已与基准核对并计时",
  Vendor: "厂商",
  Verify: "校验",
  "Verifying {name}": "正在校验 {name}",
  "Version {at} of {nVersions}": "第 {at} 个版本，共 {nVersions} 个",
  Versions: "版本",
  "Very high": "很高",
  "Wait some minutes, then try again.": "请等待几分钟，然后重试。",
  "Wait some minutes, then try again. With an access token in the settings the hub allows more.":
    "请等待几分钟，然后重试。在设置中填写访问令牌后，hub 允许更多请求。",
  "Wait until the program that downloads it has finished, or download it again. Then choose it.":
    "请等待下载它的程序完成，或重新下载，然后再选择。",
  "Waiting for the answer": "正在等待回答",
  "Waiting: another tab is storing {name}": "等待中：另一个标签页正在存储 {name}",
  "Warming up {name}": "正在预热 {name}",
  Weight: "权重",
  Weights: "权重",
  weights: "权重",
  "Weights {select}": "权重 {select}",
  "Weights, states and buffers: they take the same memory however long the chat gets.":
    "权重、状态和缓冲区：无论对话多长，占用的内存都不变。",
  "What can not be used from here ({count})": "这里不能使用的（{count}）",
  "What can you do?": "你能做什么？",
  "What could have been drawn here, after each step of sampling": "采样的每一步之后，这里可能抽到的 token",
  "what each token wrote into the model’s memory, and how fast it fades":
    "每个 token 在模型的记忆中写入了什么，以及消退得多快",
  "What is attached takes {tokens}; {max} are free. Choose what to do above the message.":
    "附件需要 {tokens}，而空余 {max}。请在消息上方选择如何处理。",
  "What is stored of it may be damaged. Other chats can be opened as before.":
    "存储的内容可能已损坏。其他对话仍可照常打开。",
  "What is ticked goes with the next message. Space ticks, Enter shows what the model reads.":
    "勾选的文件随下一条消息发送。空格键勾选，Enter 键查看模型读到的内容。",
  "What should last over that switch": "切换后应当保留的内容",
  "What stood before the first token shown was not traced.": "第一个显示的 token 之前的内容没有跟踪。",
  "What the context is used for": "上下文的用途",
  "What the device can do": "设备的能力",
  "What the layers hand to one another while tokens are read or written.":
    "读取或写出 token 时，各层之间传递的内容。",
  "What the model does": "模型的表现",
  "What the model remembers, token by token": "模型记住了什么，逐个 token 查看",
  "What to do": "怎么办",
  "What to inspect": "检查内容",
  "What was read of the chat could not be kept: {reason}": "无法保存对话的阅读结果：{reason}",
  "What was read of your chats and documents, so that they go on without being read again. {part}":
    "从你的对话和文档读到的内容，以便继续时不必重读。{part}",
  "What you change below is this chat's own, and goes before its preset.":
    "下面的更改只属于此对话，优先于它的预设。",
  "When it is full, what was used longest ago is deleted first.": "放满后，先删除最久未用的。",
  "Where models come from": "模型的来源",
  "Where the last token looked": "最后一个 token 看了哪里",
  "where the last token looked in the layers with full attention": "在全注意力层中，最后一个 token 看了哪里",
  "Where the time of a token goes": "一个 token 的时间花在哪里",
  "Whether the variant gave the same numbers as the plain form of the kernel.":
    "变体的结果是否与内核的基本形式一致。",
  "Which step": "哪一步",
  "Whichever is loaded": "任何已加载的模型",
  "Why the sky is blue, for a ten-year-old": "天空为什么是蓝色的，讲给十岁的孩子听",
  Wide: "宽",
  "Width of the conversation": "对话宽度",
  "Width of the panel": "面板宽度",
  Window: "窗口",
  "With all that is attached: {memoryWords}": "连同全部附件：{memoryWords}",
  "with dispatches": "计入调度",
  "Words less likely than this share of the likeliest one are left out. 0 leaves none out.":
    "概率低于最可能词的这一份额的词会被略去。0 表示不略去。",
  Worker: "worker",
  Workgroups: "工作组",
  workgroups: "工作组",
  "Wrap long lines": "长行自动换行",
  "Write a message, or paste a document": "输入消息，或粘贴文档",
  "Write a Python function that groups a list of words by their anagrams, and explain how it works.":
    "请写一个 Python 函数，把一组单词按变位词（字母重排）分组，并解释它的原理。",
  "Write a question": "写一个问题",
  "Write it as owner/name, or add the file as a model and choose it here.":
    "请写成 owner/name，或把该文件添加为模型并在这里选择。",
  "Write some code": "写点代码",
  "Write strength β": "写入强度 β",
  Writing: "写出",
  "Writing a token": "写出一个 token",
  "Writing a token behind {contextLength}": "在 {contextLength} 之后写出一个 token",
  "Writing · {rate} tokens/s": "正在书写 · {rate} token/s",
  "Writing, tokens/s": "写出，token/s",
  Wrote: "写入",
  wrote: "写入",
  "Wrote most:": "写入最多：",
  yes: "是",
  Yesterday: "昨天",
  You: "你",
  "Your chats will be listed here. They are kept on this device.": "你的对话会列在这里，保存在此设备上。",
  "your own": "你自己的",
  "Your question can be answered now.": "现在可以回答你的问题了。",
  "Your usual settings": "你的常用设置",
  "Zip archive: {name}": "zip 压缩包：{name}",
  "{at} of {nHits}": "第 {at} 处，共 {nHits} 处",
  "{at} of {nHits} or more": "第 {at} 处，共 {nHits} 处或更多",
  "{bits}-bit, as stored": "{bits} 位，按存储",
  "{bytes} less": "少 {bytes}",
  "{bytes} more": "多 {bytes}",
  "{bytes}, {perToken} a token": "{bytes}，每个 token {perToken}",
  "{chats} and all documents": "{chats}和全部文档",
  "{contextUsed} of {count}": "{contextUsed} / {count}",
  "{count} archives that are no zip": "{count} 个非 zip 压缩包",
  "{count} archives too deep in others": "{count} 个嵌套过深的压缩包",
  "{count} blocks": "{count} 个块",
  "{count} bytes": "{count} 字节",
  "{count} cells have a formula and no result in the file; the formula was read. Open the file in a spreadsheet program and save it, and the results are in it.":
    "{count} 个单元格有公式，但文件中没有结果；已读取公式。在电子表格程序中打开并保存，文件中就会有结果。",
  "{count} chapters of the book are missing in the file. Get the file again if you need them.":
    "文件中缺少书的 {count} 章。如果需要，请重新获取该文件。",
  "{count} characters": "{count} 个字符",
  "{count} charts": "{count} 个图表",
  "{count} chats": "{count} 个对话",
  "{count} choices": "{count} 个选项",
  "{count} columns": "{count} 列",
  "{count} controls": "{count} 个控件",
  "{count} databases": "{count} 个数据库",
  "{count} diagrams": "{count} 个示意图",
  "{count} disk images": "{count} 个磁盘映像",
  "{count} dispatches": "{count} 次调度",
  "{count} drawings": "{count} 个图形",
  "{count} embedded objects": "{count} 个嵌入对象",
  "{count} embedded pages": "{count} 个嵌入网页",
  "{count} empty files": "{count} 个空文件",
  "{count} entries": "{count} 项",
  "{count} equations of an old kind": "{count} 个旧式公式",
  "{count} experts": "{count} 个专家",
  "{count} files": "{count} 个文件",
  "{count} files of binary data": "{count} 个二进制数据文件",
  "{count} files of compiled code": "{count} 个编译后的文件",
  "{count} files of macros": "{count} 个宏文件",
  "{count} files that .gitignore names": "{count} 个被 .gitignore 排除的文件",
  "{count} files that could not be read": "{count} 个无法读取的文件",
  "{count} files that need a word of yours": "{count} 个需要你确认的文件",
  "{count} fonts": "{count} 个字体",
  "{count} hidden columns": "{count} 个隐藏列",
  "{count} hidden files": "{count} 个隐藏文件",
  "{count} hidden rows": "{count} 个隐藏行",
  "{count} hidden sheets": "{count} 个隐藏工作表",
  "{count} hidden words": "{count} 个隐藏的词",
  "{count} interactive outputs": "{count} 个交互式输出",
  "{count} layers": "{count} 层",
  "{count} lines": "{count} 行",
  "{count} lines could not be recognised, and are left out: specks, drawings or unclear writing.":
    "{count} 行无法识别，已略去：污点、图画或字迹不清。",
  "{count} links": "{count} 个链接",
  "{count} mails": "{count} 封邮件",
  "{count} messages": "{count} 条消息",
  "{count} metadata values": "{count} 个元数据值",
  "{count} million characters": "{count} 百万个字符",
  "{count} models": "{count} 个模型",
  "{count} not ticked": "{count} 个未勾选",
  "{count} notes": "{count} 条说明",
  "{count} of {files}": "{count} / {files}",
  "{count} on {name}": "{name}：{count}",
  "{count} outputs longer than 20,000 characters were cut in the middle.":
    "{count} 个超过 20,000 个字符的输出已从中间截断。",
  "{count} pages": "{count} 页",
  "{count} pages are": "{count} 页",
  "{count} parts": "{count} 部分",
  "{count} parts of another format": "{count} 个其他格式的部分",
  "{count} pictures": "{count} 张图片",
  "{count} places are not valid {encoding} and read as �. If letters look wrong, open the document and choose another encoding.":
    "{count} 处不是有效的 {encoding}，读作 �。如果文字有误，请打开文档并选择另一种编码。",
  "{count} positions": "{count} 个位置",
  "{count} programs": "{count} 个程序",
  "{count} sections beside the reading order": "{count} 个不在阅读顺序中的章节",
  "{count} signs": "{count} 个符号",
  "{count} slides are hidden in the show and are read all the same.":
    "{count} 张幻灯片在放映时隐藏，但仍已读取。",
  "{count} sounds": "{count} 段音频",
  "{count} sounds or films": "{count} 个音频或视频",
  "{count} tensors": "{count} 个张量",
  "{count} that do not fit": "{count} 个放不下",
  "{count} token types": "{count} 个 token 类型",
  "{count} tokens": "{count} 个 token",
  "{count} videos": "{count} 段视频",
  "{count} words": "{count} 个词",
  "{count} words or lines": "{count} 个词或行",
  "{dispatches} in order": "按顺序的{dispatches}",
  "{doneBytes} of {totalBytes}": "{doneBytes} / {totalBytes}",
  "{done} of {total}": "{done} / {total}",
  "{explanation}. Dynamic: layers that suffer most keep more bits":
    "{explanation}。动态：受影响最大的层保留更多位",
  "{factor} times: up to {tokens}": "{factor} 倍：最多 {tokens}",
  '{field} is missing; this app runs "qwen3_5".': "缺少{field}；本应用运行“qwen3_5”。",
  "{field} is {algorithm}; this app reads {shown}.": "{field}是 {algorithm}；本应用可读取 {shown}。",
  "{field} is {experts}; this app runs dense Qwen3.5.": "{field}是 {experts}；本应用运行稠密的 Qwen3.5。",
  "{field} is {factor}; YaRN's is at least 1.": "{field}是 {factor}；YaRN 的系数至少为 1。",
  "{field} is {format}; this app reads {shown}.": "{field}是 {format}；本应用可读取 {shown}。",
  '{field} is {method}; this app reads "gptq", "awq", "fp8", "compressed-tensors", "modelopt" and MLX\'s.':
    "{field}是 {method}；本应用可读取“gptq”“awq”“fp8”“compressed-tensors”“modelopt”和 MLX 的格式。",
  '{field} is {mode}; this app reads MLX\'s "affine", "mxfp4", "mxfp8" and "nvfp4".':
    "{field}是 {mode}；本应用可读取 MLX 的“affine”“mxfp4”“mxfp8”和“nvfp4”。",
  "{field} is {nLayers}; this app runs up to {maxLayers}.":
    "{field}是 {nLayers}；本应用最多运行 {maxLayers} 层。",
  "{field} is {shape}; it must be two whole numbers, as in [128, 128].":
    "{field}是 {shape}；应为两个整数，例如 [128, 128]。",
  '{field} is {share}; of "head_dim" {headDim} it must be a whole number.':
    "{field}是 {share}；乘以“head_dim”{headDim} 后应为整数。",
  "{field} is {types}; it must name the kind of each of {layers}.":
    "{field}是 {types}；应列出{layers}中每一层的种类。",
  '{field} is {type}, a mixture of experts; this app runs dense Qwen3.5, "qwen3_5".':
    "{field}是 {type}，属于混合专家模型；本应用运行稠密的 Qwen3.5，即“qwen3_5”。",
  "{field} is {type}; it must be {kindOf}.": "{field}是 {type}；应为 {kindOf}。",
  '{field} is {type}; this app knows "default", "mrope" and "yarn".':
    "{field}是 {type}；本应用认识“default”“mrope”和“yarn”。",
  '{field} is {type}; this app runs dense Qwen3.5, "qwen3_5".':
    "{field}是 {type}；本应用运行稠密的 Qwen3.5，即“qwen3_5”。",
  "{field} is {value}; in Qwen3.5 it is {expected}.": "{field}是 {value}；在 Qwen3.5 中是 {expected}。",
  "{field} is {value}; it must be a number above 0.": "{field}是 {value}；应为大于 0 的数。",
  "{field} is {value}; it must be a text.": "{field}是 {value}；应为文本。",
  "{field} is {value}; it must be a whole number from 1 to 2^31.":
    "{field}是 {value}；应为 1 到 2^31 之间的整数。",
  "{field} is {value}; it must be an object.": "{field}是 {value}；应为对象。",
  "{field} is {value}; it must be true or false.": "{field}是 {value}；应为 true 或 false。",
  "{field} is {value}; this app reads {value2} there.": "{field}是 {value}；本应用在这里读取 {value2}。",
  '{field} is {version}; this app reads "gemm".': "{field}是 {version}；本应用可读取“gemm”。",
  "{fileName} · What this browser noted of it is damaged, so it can not be used. {part}":
    "{fileName} · 浏览器记下的信息已损坏，因此无法使用。{part}",
  "{files} that can be read": "可读取{files}",
  "{files}: {tokens}": "{files}：{tokens}",
  "{files}: {tokens} of {free} that are free": "{files}：{tokens}，空余 {free}",
  "{file} is {what}.": "{file} 是{what}。",
  "{from} to {to}": "{from} 至 {to}",
  "{host} answered with a web page, not with a model file.": "{host} 返回的是网页，不是模型文件。",
  "{host} answered {pathname} with something that is not JSON.": "{host} 对 {pathname} 的回应不是 JSON。",
  "{host} answered {pathname} with {field} = {shown}; it should be {expected}.":
    "{host} 对 {pathname} 的回应中 {field} = {shown}；应为 {expected}。",
  "{host} can not be reached, or does not let other pages read its files.":
    "无法连接 {host}，或它不允许其他页面读取其文件。",
  "{host} can not be reached: this device is offline.": "无法连接 {host}：此设备处于离线状态。",
  "{host} could not give {file} (status {status}).": "{host} 无法给出 {file}（状态 {status}）。",
  "{host} could not list “{repo}” (status {status}).": "{host} 无法列出“{repo}”（状态 {status}）。",
  "{host} does not give {file} to everybody (status {status}).":
    "{host} 不对所有人提供 {file}（状态 {status}）。",
  "{host} does not give “{repo}” to everybody (status {status}).":
    "{host} 不对所有人提供“{repo}”（状态 {status}）。",
  "{host} does not tell how large “{fileNameOf}” is.": "{host} 没有告知“{fileNameOf}”的大小。",
  "{host} gave the whole file in place of bytes from {at} on.":
    "{host} 给出了整个文件，而不是从第 {at} 字节起的内容。",
  "{host} gave “{fileNameOf}” from byte {match} on, and was asked from {start} on.":
    "{host} 从第 {match} 字节给出“{fileNameOf}”，而请求的是从第 {start} 字节起。",
  "{host} gives “{nameOf}” with {bytes}; the hub lists it with {sizeBytes}.":
    "{host} 给出的“{nameOf}”为 {bytes}；hub 列出的是 {sizeBytes}。",
  "{host} has been silent for {silenceMs} seconds.": "{host} 已有 {silenceMs} 秒没有响应。",
  "{host} has had too many requests from here (status 429).": "从这里向 {host} 的请求过多（状态 429）。",
  "{host} has no file {file} (status {status}).": "{host} 没有文件 {file}（状态 {status}）。",
  "{host} has no model repository “{repo}” (status {status}).":
    "{host} 没有模型仓库“{repo}”（状态 {status}）。",
  "{host} has no public repository “{repo}”, or wants a token for it (status 401).":
    "{host} 没有公开仓库“{repo}”，或需要令牌（状态 401）。",
  "{host} lists “{repo}” in more than {pages}.": "{host} 列出“{repo}”的内容超过 {pages}。",
  "{host}, where {host2} keeps {file}, did not give it (status 403): its link may have expired.":
    "{host2} 把 {file} 存放在 {host}，但对方没有给出（状态 403）：链接可能已过期。",
  "{host}{pathname} is not the page of a model.": "{host}{pathname} 不是模型的页面。",
  "{hours} h {minutes} min": "{hours} 小时 {minutes} 分钟",
  "{inFlight} of at most {most}": "{inFlight}，最多 {most}",
  "{isSoftware}{part} Ceilings measured now: {readGBs}/s read, {f32} operations/s in f32.":
    "{isSoftware}{part} 现在测得的上限：读取 {readGBs}/s，f32 每秒 {f32} 次运算。",
  "{label} of it will be read": "将读取其中的{label}",
  "{label}, {totalBytes} in all": "{label}，共 {totalBytes}",
  "{layers}, the largest {highest}; {nFull} of them have keys and values that grow":
    "{layers}，最大 {highest}；其中 {nFull} 层有会增长的键和值",
  "{message} What it held is read again.": "{message} 其中的内容会重读。",
  "{minutes} min": "{minutes} 分钟",
  "{models}. They are read where they lie: nothing is copied.": "{models}。它们在原处读取，不会复制。",
  "{models}. This browser does not let a page read a folder where it lies, so what you use is copied into its storage.":
    "{models}。此浏览器不允许页面在原处读取文件夹，因此所用的模型会复制到浏览器的存储中。",
  "{model}, the model of “{preset}”, is not stored here: the loaded one answers.":
    "“{preset}”的模型 {model} 没有存储在此：由已加载的模型回答。",
  "{name} (deleted)": "{name}（已删除）",
  "{name} (deleted: your usual settings)": "{name}（已删除：使用你的常用设置）",
  "{name} (newer)": "{name}（较新）",
  "{name} (not stored here)": "{name}（未存储在此）",
  "{name} (unfinished)": "{name}（未完成）",
  "{name} has {DEEPEST} elements inside each other.": "{name} 有 {DEEPEST} 层嵌套的元素。",
  "{name} is read. {facts}": "{name} 已读取。{facts}",
  "{name} is stored": "{name} 已存储",
  "{name} is stored and in use.": "{name} 已存储并在使用中。",
  "{name} is stored. The list above has its plan.": "{name} 已存储。上面的列表中有它的规划。",
  "{name} layer {select}": "{name} 层 {select}",
  "{name} of the fork ik_llama.cpp": "分支 ik_llama.cpp 的 {name}",
  "{name} stays loaded as it was: with the new settings it needs more memory than it may take.":
    "{name} 保持原来的加载方式：按新设置需要的内存超出了允许的范围。",
  "{name}, a type that ggml has withdrawn": "{name}，ggml 已撤回的类型",
  "{name}, from {low} to {high}": "{name}，{low} 至 {high}",
  "{name}, {nParameters} parameters": "{name}，{nParameters}参数",
  "{name}{nExtras}. Memory budget {budgetBytes}{part}": "{name}{nExtras}。内存预算 {budgetBytes}{part}",
  "{nHeads} query heads on {nKvHeads} kv heads": "{nHeads} 个查询头和 {nKvHeads} 个 KV 头",
  "{nParameters} parameters in {layers} of {hiddenSize} · {types} · made for {tokens}{supported}":
    "{nParameters}参数，{layers}，宽 {hiddenSize} · {types} · 为 {tokens} 设计{supported}",
  "{nTokens} pairs in {nTrials} trials": "{nTrials} 次试验的 {nTokens} 组键值对",
  "{nValueHeads} value heads on {nKeyHeads} key heads": "{nValueHeads} 个值头和 {nKeyHeads} 个键头",
  "{otherModel} wrote this answer; the model in use reads it.":
    "此回答由 {otherModel} 写出；现在由当前模型读取。",
  "{pages} are blank.": "{pages}是空白的。",
  "{pages} are damaged and could not be read; the other {read} here. Get the file again for the rest.":
    "{pages}已损坏，无法读取；其余 {read}已读取。如需其余内容，请重新获取该文件。",
  "{pages} have no text that could be recognised.": "{pages}没有可识别的文字。",
  "{pages} have no text: scanned, or drawn. Have them recognised below to read them.":
    "{pages}没有文本：是扫描或绘制的。请在下方识别后读取。",
  "{pages} have {signs} whose font does not say which letters they are; they are “�” or wrong here. Compare with the page.":
    "{pages}有 {signs}，其字体没有说明对应的文字；这里显示为“�”或有误。请与原页面对照。",
  "{pages} were hard to read, down to {lowest} % sure: expect wrong words. Another language or a sharper scan may help.":
    "{pages}难以辨认，把握低至 {lowest}%：可能有错字。换一种语言或更清晰的扫描件可能有帮助。",
  "{pages} were left out, as reading them did not end; the other {read} here. Print the file to a new PDF to read them too.":
    "{pages}已略去，因为读取没有尽头；其余 {read}已读取。打印成新的 PDF 后也可读取它们。",
  "{pages}: only the first part was read, as there is more text than a page can hold.":
    "{pages}：只读取了前面的部分，因为文本超出一页的限度。",
  "{place}: not word for word": "{place}：并非逐字一致",
  "{problem}. {template} is used instead.": "{problem}。改用{template}。",
  "{rate} a second": "每秒 {rate}",
  "{rate} tokens a second": "每秒 {rate} 个 token",
  "{rate} tokens/s": "{rate} token/s",
  "{rate}/s, {seconds} left": "{rate}/s，剩余 {seconds}",
  "{readGBs}/s over {readBytes}": "{readGBs}/s（{readBytes}）",
  "{receivedBytes} of {sizeBytes} are here.{kind}": "已有 {receivedBytes}，共 {sizeBytes}。{kind}",
  "{refusal} Take {name} instead.": "{refusal}请改用 {name}。",
  "{repo} on {host}": "{host} 上的 {repo}",
  "{repo}, commit {revision}{phase}{phase2}": "{repo}，提交 {revision}{phase}{phase2}",
  "{rotaryDim} rotated dims of {headDim}": "{headDim} 维中有 {rotaryDim} 维旋转",
  "{rule} and the window": "{rule} 加窗口",
  "{seconds} s": "{seconds} 秒",
  "{share} % of the window": "窗口的 {share}%",
  "{size} numbers in each state. Qwen3.5 has 128 × 128 a head.":
    "每个状态有 {size} 个数。Qwen3.5 每个头为 128 × 128。",
  "{span} Free {freeBytes}": "{span} 空余 {freeBytes}",
  "{term}: {low} to {high}": "{term}：{low} 至 {high}",
  "{time} (read {seconds}, GPU {seconds2}; {transport})":
    "{time}（读取 {seconds}，GPU {seconds2}；{transport}）",
  "{title} as bars over time: worker, GPU, page. The table below has the numbers.":
    "{title}的时间条：worker、GPU、页面。数值见下表。",
  "{title}, as a table": "{title}，表格",
  "{title}, {endMs} ms": "{title}，{endMs} ms",
  "{title}, {totalUs} ms in all": "{title}，共 {totalUs} ms",
  "{title}. The values stand in the table below.": "{title}。数值见下表。",
  "{title}: {measure}, {keys} keys, a state of {size} × {size}":
    "{title}：{measure}，{keys}键，状态 {size} × {size}",
  "{title}: {totalUs} ms in kernels": "{title}：内核用时 {totalUs} ms",
  "{tokens} after {contextLength}": "{contextLength} 之后的 {tokens}",
  "{tokens} in {label}": "{label}：{tokens}",
  "{tokens} of context": "{tokens} 的上下文",
  "{tokens} together": "共 {tokens}",
  "{tokens} too many": "超出 {tokens}",
  "{totalBytes} of memory in all, of a budget of {budgetBytes}": "内存共 {totalBytes}，预算 {budgetBytes}",
  "{totalBytes} of {budgetBytes}": "{totalBytes} / {budgetBytes}",
  "{type} as {format}, every value kept": "{type} 转为 {format}，每个值都保留",
  "{type} as {format}, rounded": "{type} 转为 {format}，有舍入",
  "{usedBytes} are in use, so some of it would be deleted.": "已用 {usedBytes}，因此会删除其中一部分。",
  "{usedBytes} in use.": "已用 {usedBytes}。",
  "{usedBytes} of {quotaBytes} used": "已用 {usedBytes}，共 {quotaBytes}",
  "{usedBytes}, {freeBytes} free": "{usedBytes}，空余 {freeBytes}",
  "{used} of {max}": "{used} / {max}",
  "{used} of {tokens}": "{used} / {tokens}",
  "{value} of {max}": "{value} / {max}",
  "{value} of {max} GPU programs": "{value} / {max} 个 GPU 程序",
  "{what} ({names})": "{what}（{names}）",
  "{what} claims {entries} of at least {bytes}; at most {maxArrayLength} are read, and the file has {bytesLeft} left.":
    "{what}声称有 {entries}，每项至少 {bytes}；最多读取 {maxArrayLength} 项，而文件只剩 {bytesLeft}。",
  "{what} could not be shown: {message}": "{what}无法显示：{message}",
  '{what} ends at byte {dataOffset} by its "data_offsets"; the file has {fileBytes}.':
    "按其“data_offsets”，{what} 在第 {dataOffset} 字节结束；文件只有 {fileBytes}。",
  "{what} ends at byte {position}; a header has at most {maxHeaderBytes}.":
    "{what} 在第 {position} 字节结束；文件头最多 {maxHeaderBytes}。",
  "{what} ends at byte {position}; the file has {sizeBytes}.":
    "{what} 在第 {position} 字节结束；文件只有 {sizeBytes}。",
  '{what} has "data_offsets" for {bytes}; {type} of "shape" [{shape}] takes {sizeBytes}.':
    "{what}的“data_offsets”对应 {bytes}；“shape”为 [{shape}] 的 {type} 需要 {sizeBytes} 个字节。",
  '{what} has "data_offsets" {offsets}; they must be two whole numbers from 0 to 2^53.':
    "{what}的“data_offsets”是 {offsets}；应为两个 0 到 2^53 之间的整数。",
  '{what} has "dtype" {dtype}; known are {safetensorsTypes}.':
    "{what}的“dtype”是 {dtype}；已知的有 {safetensorsTypes}。",
  '{what} has "shape" {shape}; it must have up to 8 whole numbers from 0 to 2^53.':
    "{what}的“shape”是 {shape}；应为最多 8 个 0 到 2^53 之间的整数。",
  "{what} is no JSON object.": "{what} 不是 JSON 对象。",
  "{what} is no JSON: {reason}": "{what} 不是 JSON：{reason}",
  "{what} is no object in the header.": "文件头中的{what}不是对象。",
  "{what} of {tokens}": "{what}（{tokens}）",
  "{what} were left out.": "未读取：{what}。",
  "{what}, {bytes} at byte {pieceStart}, is not valid UTF-8.":
    "{what}（位于第 {pieceStart} 字节，{bytes}）不是有效的 UTF-8。",
  "{words}.": "{words}。",
  "±": "±",
  "µs each": "每次 µs",
  "α as Kimi Delta Attention, w = 1; b = ½ for a new key, 1 for one that is written again.":
    "α 同 Kimi Delta Attention，w = 1；新键 b = ½，重写的键 b = 1。",
  "α as Mamba-2, β = 1, p = 0.9 k, read before the decay. Its correction of q is left out.":
    "α 同 Mamba-2，β = 1，p = 0.9 k，在衰减前读取。略去它对 q 的修正。",
  "α as Mamba-2, β = 1. Qwen3.5's linear layers.": "α 同 Mamba-2，β = 1。即 Qwen3.5 的线性层。",
  "α by the half-life; 0.02 at a switch.": "α 由半衰期决定；切换时为 0.02。",
  "β = 1.": "β = 1。",
  "“{address}” is not a complete address.": "“{address}”不是完整的地址。",
  "“{address}” is not a complete address. It has to start with https://.":
    "“{address}”不是完整的地址。地址必须以 https:// 开头。",
  "“{fileNameOf}” on {host} is {what}.": "{host} 上的“{fileNameOf}”是{what}。",
  "“{fileName}” came from a file on a disk.": "“{fileName}”来自磁盘上的文件。",
  "“{fileName}” could not be stored: {describe}": "“{fileName}”无法存储：{describe}",
  "“{fileName}” gave {foundBytes} of its {bytes}.": "“{fileName}”只给出 {foundBytes}，应有 {bytes}。",
  "“{fileName}” has {bytes} now; it had {sizeBytes} when it was added.":
    "“{fileName}”现在有 {bytes}；添加时有 {sizeBytes}。",
  "“{fileName}” is another file now than the one that is stored here. {difference}":
    "“{fileName}”已不是这里存储的那个文件。{difference}",
  "“{fileName}” needs {sizeBytes}.{refusal}{granted}": "“{fileName}”需要 {sizeBytes}。{refusal}{granted}",
  "“{fileName}” on {host} is another file now than when its download began.":
    "{host} 上的“{fileName}”已不是开始下载时的那个文件。",
  "“{folder}” is protected by a password.": "“{folder}”受密码保护。",
  "“{host}” is asked for over http. Models are fetched over https, or over http from this machine alone.":
    "“{host}”使用 http。模型只通过 https 获取，只有本机可用 http。",
  "“{missing}” is not in this repository. This is what it has:": "此仓库中没有“{missing}”。仓库中有：",
  "“{name}” and {nMore} more are left out. {reason}": "“{name}”及另外 {nMore} 个未采用。{reason}",
  "“{name}” and “{name2}” are both part {value} of {count}.":
    "“{name}”和“{name2}”都是 {count} 个部分中的第 {value} 个。",
  "“{name}” can not be read: {reason}.": "“{name}”无法读取：{reason}。",
  "“{name}” could not be deleted. {message} {hint}": "“{name}”无法删除。{message} {hint}",
  "“{name}” could not be read as a mail: {reason}": "“{name}”无法作为邮件读取：{reason}",
  "“{name}” could not be read as a PDF: {reason}": "“{name}”无法作为 PDF 读取：{reason}",
  "“{name}” could not be read. Remove it, then send the message.":
    "“{name}”无法读取。请移除它，然后发送消息。",
  "“{name}” could not be saved. {message} {hint}": "“{name}”无法保存。{message} {hint}",
  "“{name}” does not say which version of this app wrote it.": "“{name}”没有说明由应用的哪个版本写成。",
  "“{name}” goes with the next message as it reads now. What was sent stays as it was.":
    "“{name}”将按现在读取的样子随下一条消息发送。已发送的内容保持不变。",
  "“{name}” has changed since it was added.": "“{name}”在添加后已更改。",
  "“{name}” has groups more than {DEEPEST} deep in each other.": "“{name}”的分组嵌套超过 {DEEPEST} 层。",
  "“{name}” has more than {most}; that many can be read at most.":
    "“{name}”超过 {most}，最多只能读取这么多。",
  "“{name}” has no slides.": "“{name}”没有幻灯片。",
  "If its text is on pictures, save it as a PDF and attach that: then it can be recognised.":
    "如果文字在图片上，请将它另存为 PDF 后再附上，这样就能识别。",
  "“{name}” has no text ({bytes}).": "“{name}”没有文本（{bytes}）。",
  "“{name}” has {has}; {limit} can be read at most.": "“{name}”有 {has}；最多可读取 {limit}。",
  "“{name}” has {nBytes} and unpacks to more than {most}.": "“{name}”有 {nBytes}，解压后超过 {most}。",
  "“{name}” holds more than {files}.": "“{name}”包含的内容超过{files}。",
  "“{name}” holds more than {mails}.": "“{name}”包含的邮件超过 {mails}。",
  "“{name}” is a mailbox.": "“{name}”是邮箱文件。",
  "“{name}” is a picture ({kind}).": "“{name}”是图片（{kind}）。",
  "“{name}” is a picture that this browser does not show ({kind}).":
    "“{name}”是此浏览器无法显示的图片（{kind}）。",
  "“{name}” is an archive.": "“{name}”是压缩包。",
  "“{name}” is damaged, or no workbook that is known here: {said}":
    "“{name}”已损坏，或不是已知的工作簿：{said}",
  "“{name}” is damaged: it could not be unpacked.": "“{name}”已损坏：无法解压。",
  "“{name}” is damaged: it is no JSON, which a notebook has to be.":
    "“{name}”已损坏：它不是 JSON，而笔记本必须是 JSON。",
  "“{name}” is damaged: its parts could not be found.": "“{name}”已损坏：找不到其中的部分。",
  "“{name}” is damaged: none of its {pages} could be read.": "“{name}”已损坏：{pages}都无法读取。",
  "“{name}” is left out. {reason}": "“{name}”未采用。{reason}",
  "“{name}” is no model.": "“{name}”不是模型。",
  "“{name}” is not text{magic}.": "“{name}”不是文本{magic}。",
  "“{name}” is not the file that was published: its SHA-256 is {short}, not {short2}.":
    "“{name}”不是发布的文件：它的 SHA-256 是 {short}，而不是 {short2}。",
  "“{name}” is not where it was.": "“{name}”已不在原处。",
  "“{name}” is packed as files of Office are, but holds no text of Word.":
    "“{name}”的打包方式与 Office 文件相同，但没有 Word 文本。",
  "“{name}” is part {value} of {itsCount}; “{name2}” is one of {count}.":
    "“{name}”是 {itsCount} 个部分中的第 {value} 个；“{name2}”是 {count} 个部分之一。",
  "“{name}” is protected against copying (DRM), so its text can not be read.":
    "“{name}”有防复制保护（DRM），无法读取文本。",
  "“{name}” is protected by a password.": "“{name}”受密码保护。",
  "“{name}” is still being read.": "“{name}”仍在读取中。",
  "“{name}” is {unread}, which is not read here.": "“{name}”是{unread}，这里无法读取。",
  "“{name}” was saved.": "“{name}”已保存。",
  "“{name}” was written by a newer version of this app.": "“{name}”由更新版本的应用写成。",
  "“{protocol}//{host}” was not asked: only https may be.": "没有访问“{protocol}//{host}”：只能使用 https。",
  "“{quoted}” is not in the document": "“{quoted}”不在文档中",
  "“{repo}” holds no model as GGUF or safetensors among its {files}.":
    "“{repo}”的 {files}中没有 GGUF 或 safetensors 模型。",
  "“{repo}” holds no model as GGUF or safetensors: none of its {files} is one.":
    "“{repo}”中没有 GGUF 或 safetensors 模型：{files}中没有一个是。",
  "“{repo}” holds no whole model. “{path}”: {reason}": "“{repo}”中没有完整的模型。“{path}”：{reason}",
  "“{repo}” on {host} has no such revision (status {status}).":
    "{host} 上的“{repo}”没有此修订版（状态 {status}）。",
  "“{shorten}” is a file's name, without the repository that it is in.":
    "“{shorten}”是文件名，没有所在的仓库。",
  "“{shorten}” is a name in Ollama's library, which pages can not download from.":
    "“{shorten}”是 Ollama 库中的名称，页面无法从那里下载。",
  "“{shorten}” is a place on this computer, which a page can not open by its name.":
    "“{shorten}”是这台电脑上的位置，页面无法按名称打开。",
  "“{shorten}” is not a repository: that has an owner and a name with one slash between, such as {example}.":
    "“{shorten}”不是仓库：仓库由所有者和名称组成，中间有一个斜杠，例如 {example}。",
  "“{text}” is the address of a file; a plan is made for a repository.":
    "“{text}”是文件的地址；规划针对仓库。",
  "•••••••• (stored)": "••••••••（已保存）",
  "Saved “{name}” among your downloads.": "已将“{name}”保存到下载文件夹。",
  "Import the chats": "导入对话",
  "Attach as a document": "作为文档附加",
  "{chats}, from {source}.": "{chats}，来自{source}。",
  "All chats as files": "将所有对话存为文件",
  "A single chat has the same in its menu, and can be printed or saved as PDF there.":
    "单个对话的菜单中也有同样的选项，并可打印或另存为 PDF。",
  "There are no chats yet.": "还没有对话。",
  "Markdown, to read": "Markdown（便于阅读）",
  "JSON, with everything": "JSON（包含全部内容）",
  Backup: "备份",
  "One file with all chats, documents, folders, pins and settings. Models are not in it, nor is the access token.":
    "一个文件，包含所有对话、文档、文件夹、置顶和设置。不含模型，也不含访问令牌。",
  "Save a backup": "保存备份",
  Import: "导入",
  "A backup or an export of this app, ChatGPT, Open WebUI or llama.cpp: a .json, .jsonl or .zip file, with up to 400 MB of text. Nothing that is here is written over.":
    "本应用的备份或导出，或 ChatGPT、Open WebUI、llama.cpp 的导出：.json、.jsonl 或 .zip 文件，文本最多 400 MB。这里已有的内容不会被覆盖。",
  "Files with chats": "含有对话的文件",
  "Choose a file…": "选择文件…",
  "Export and import": "导出与导入",
  "All of it stays on this device: files are written and read here, and sent nowhere.":
    "一切都留在本设备：文件在这里写入和读取，不会发送到任何地方。",
  "Looking into the file…": "正在查看文件…",
  Done: "完成",
  "{chats} came in.": "已导入{chats}。",
  "{chats} that had been here got {messages} they lacked, as other versions.":
    "已有的{chats}补入了缺少的{messages}，作为其他版本。",
  "{chats} had been here already, and stayed as here.": "{chats}原本就在这里，保持不变。",
  "{documents} came with them.": "随之导入了{documents}。",
  "{count} documents": "{count} 个文档",
  "{documents} are not in the file, or damaged there: questions about them can not be answered again.":
    "{documents}不在文件中，或在其中已损坏：无法再次回答与之相关的问题。",
  "Left out, as it is damaged or chats here have no place for it: {parts}.":
    "因损坏或这里的对话无处存放而略去：{parts}。",
  "{chats} could not be taken in:": "{chats}无法导入：",
  "and {chats} more": "以及另外{chats}",
  "Open “{title}”": "打开“{title}”",
  "Chats are being imported": "正在导入对话",
  "The file is being written": "正在写入文件",
  "The file is being read": "正在读取文件",
  "{done} of {chats}": "{done} / {chats}",
  "an export of this app": "本应用的导出",
  "a backup of this app": "本应用的备份",
  "{count} recordings or films": "{count} 段录音或影片",
  "{count} attached files whose texts are not in the export": "{count} 个附件（导出中没有其文本）",
  "{count} hidden instructions to the model": "{count} 条给模型的隐藏指令",
  "{count} messages that were hidden there": "{count} 条在原处被隐藏的消息",
  "{count} parts of an unknown kind": "{count} 个未知类型的部分",
  "{count} sources of answers": "{count} 个回答来源",
  "{count} damaged lines of the file": "文件中 {count} 行已损坏",
  "{count} settings were taken over. Settings that you chose here stayed.":
    "已采用 {count} 项设置。你在这里选定的设置保持不变。",
  "Export, back up or import chats": "导出、备份或导入对话",
  "Print this chat or save it as PDF": "打印此对话或另存为 PDF",
  "Export this chat as Markdown": "将此对话导出为 Markdown",
  "Export this chat as JSON": "将此对话导出为 JSON",
  "Save chats as files, back everything up, or bring in chats of this app or another one.":
    "将对话存为文件，备份全部内容，或导入本应用或其他程序的对话。",
  "Export, back up or import": "导出、备份或导入",
  Export: "导出",
  "Print or save as PDF…": "打印或另存为 PDF…",
  "Export and import chats": "导出和导入对话",
  "{count} documents could not be read here, and are not in the file.":
    "{count} 个文档在这里无法读取，没有写入文件。",
  "Not all files were taken in.": "有些文件没有导入。",
  "There are no chats in it that can be read here: it is no export, or of another program than this app, ChatGPT, Open WebUI and llama.cpp.":
    "其中没有可以读取的对话：它不是导出文件，或来自本应用、ChatGPT、Open WebUI 和 llama.cpp 以外的程序。",
  "It is here already, with its messages in another order.": "这里已有此对话，但消息的顺序不同。",
  "It is of another program than the rest of the archive.": "它与压缩包的其余部分来自不同的程序。",
  "“{name}” is no export of chats that is known here.": "“{name}”不是这里认识的对话导出文件。",
  "“{name}” begins like an export of chats, but it is damaged or cut off.":
    "“{name}”的开头像对话导出文件，但它已损坏或不完整。",
  "“{name}” has {chats}; {most} can be taken in at most.": "“{name}”有 {chats}；最多可导入 {most}。",
  "“{name}” is no backup of this app, or it is damaged.": "“{name}”不是本应用的备份，或已损坏。",
  "“{name}” is only the first file of a backup.": "“{name}”只是备份中的第一个文件。",
  "“{name}” has {size} of text; {most} can be taken in at most.":
    "“{name}”有 {size} 文本；最多可导入 {most}。",
  "“{name}” is too large an archive to be read here.": "“{name}”这个压缩包太大，无法在这里读取。",
  "“{path}” is protected by a password.": "“{path}”受密码保护。",
  "It broke down: {reason}": "运行中断：{reason}",
  "{value} billion": "{value} B",
  "{value} million": "{value} M",
  "part {number}": "第 {number} 部分",
  "Reading…": "读取中…",
  text: "文本",
  " or ": " 或 ",
  "A model of the same length to the byte is on the list.": "列表中已有一个字节数完全相同的模型。",
  "What was shared could not be taken over: there may be no room for it. Attach it here instead.":
    "无法接收分享的内容，可能是空间不足。请直接在这里添加。",
  "{name} is on the list": "{name} 已在列表中",
  "On the list": "已在列表中",
  "The same {nTokens} tokens give other numbers when they are read than when they are drawn, first after: {from}. Answers would be wrong, so the model does not run here.":
    "同样的 {nTokens} 个 token，读入时与生成时得到的数值不同，最先出现在：{from}。回答会出错，因此模型不在此设备上运行。",
  "Turn off prompts in 8 bits in the settings, update the browser and the graphics driver, or use another device.":
    "请在设置中关闭 8 位提示，更新浏览器和显卡驱动，或换用其他设备。",
  "Update the browser and the graphics driver, or use another device.":
    "请更新浏览器和显卡驱动，或换用其他设备。",
  "This device computes wrong numbers": "此设备的计算结果有误",
  "Numbers checked": "数值检查",
  "numbers checked": "数值检查",
  "The same tokens were read as a prompt and drawn as an answer, by other kernels. Both gave the same numbers, up to rounding.":
    "同样的 token 分别作为提示读入、作为回答生成，使用不同的内核，除舍入外得到了相同的数值。",
  "The tuned kernels were wrong (first after: {replaced}), so the plain ones run: slower, and right to {difference}.":
    "调优后的内核有误（最先出现在：{replaced}），因此改用普通内核：较慢，误差不超过 {difference}。",
  "right in an earlier visit, to {difference} over {tokens} tokens":
    "上次访问时检查无误，{tokens} 个 token 上的误差为 {difference}",
  "right, to {difference} over {tokens} tokens": "检查无误，{tokens} 个 token 上的误差为 {difference}",
  "The model gave the same token again and again, so the answer was ended here. Ask in other words, or raise the repetition penalty.":
    "模型反复给出同一个 token，因此回答到此为止。请换种说法提问，或调高重复惩罚。",
  "Change the penalty": "调整惩罚",
  "The mail": "该邮件",
  β: "β",
  "A token behind {contextLength} on other cards, by a model":
    "其他显卡上，{contextLength} 之后每个 token 的时间（由模型推算）",
  Card: "显卡",
  "Bytes, ms": "读取字节（毫秒）",
  "Waits, ms": "等待内存（毫秒）",
  "Dispatches, ms": "调度（毫秒）",
  "Token, ms": "每个 token（毫秒）",
  "This device, measured": "本设备（实测）",
  "No card of these has run it. The model adds the bytes over nine tenths of the maker’s bandwidth, two waits for memory and a cost of each dispatch; all three are assumed. On such a card, compare “Reading memory” and “An empty dispatch” above first.":
    "以上显卡均未实际运行过。该模型把字节数除以厂商标称带宽的九成，再加上每次调度的两次内存等待与调度本身的开销；三者都是假设。如果你有这样的显卡，请先对比上方的“读取内存”和“一次空调度”。",
  "What this browser stores could not be read or written: {reason}":
    "无法读取或写入此浏览器存储的数据：{reason}",
  "Try again, then reload the page. If it stays so, free space on the disk.":
    "请重试，然后重新加载页面。如果仍然如此，请释放磁盘空间。",
} as const satisfies Sentences;
