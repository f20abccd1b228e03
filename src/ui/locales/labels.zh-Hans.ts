import type { LabelWords } from '../label-words';

/** What nano says, and what the lists of models and clips say, in simplified Chinese. */
export const labels: LabelWords = {
  // Heard.
  ...{ 'dog bark': '狗叫', 'rooster crow': '公鸡打鸣', sneeze: '打喷嚏', 'clock tick': '钟表滴答' },
  ...{ 'baby cry': '婴儿哭', 'hand clap': '拍手', 'finger snap': '打响指', knock: '敲门' },
  ...{ footstep: '脚步', 'hammer blow': '锤击', chop: '砍劈', thud: '闷响', gunshot: '枪声' },
  ...{ explosion: '爆炸', thunder: '雷声', 'glass breaking': '玻璃破碎', 'glass clink': '碰杯' },
  ...{ door: '门响', bell: '铃声', doorbell: '门铃', beep: '哔声', 'phone ring': '电话铃' },
  ...{ 'car horn': '汽车喇叭', siren: '警笛', whistle: '哨声', cough: '咳嗽', laugh: '笑声' },
  ...{ scream: '尖叫', snore: '打鼾', 'water drop': '水滴', splash: '溅水', 'drum hit': '鼓声' },
  ...{ cymbal: '镲声', 'cat meow': '猫叫', 'cow moo': '牛叫', 'pig oink': '猪叫' },
  ...{ 'sheep bleat': '羊叫', 'horse neigh': '马嘶', 'donkey bray': '驴叫', 'duck quack': '鸭叫' },
  ...{ 'hen cluck': '母鸡咯咯叫', 'crow caw': '乌鸦叫', 'owl hoot': '猫头鹰叫' },
  ...{ 'frog croak': '蛙鸣', 'bird chirp': '鸟鸣', 'wolf howl': '狼嚎', 'ball bounce': '球弹地' },
  ...{ 'camera shutter': '快门声', 'mouse click': '鼠标点击', punch: '拳击' },
  ...{ 'sword clash': '刀剑碰撞', 'saw stroke': '拉锯', pop: '砰声', applause: '掌声' },
  ...{ 'engine start': '引擎启动', impact: '撞击' },
  // Seen to move.
  ...{ 'push-up': '俯卧撑', 'pull-up': '引体向上', 'sit-up': '仰卧起坐', squat: '深蹲' },
  ...{ lunge: '弓步蹲', 'jumping jack': '开合跳', jump: '跳跃', wave: '挥手', clap: '拍手' },
  ...{ kick: '踢腿', nod: '点头', bounce: '弹跳', swing: '摆动', flip: '翻转', spin: '旋转' },
  // Seen.
  ...{ person: '人', bicycle: '自行车', car: '汽车', motorcycle: '摩托车', airplane: '飞机' },
  ...{ bus: '公交车', train: '火车', truck: '卡车', boat: '船', 'traffic light': '红绿灯' },
  ...{ 'fire hydrant': '消防栓', 'stop sign': '停车标志', 'parking meter': '停车计时器' },
  ...{ bench: '长椅', bird: '鸟', cat: '猫', dog: '狗', horse: '马', sheep: '羊', cow: '牛' },
  ...{ elephant: '大象', bear: '熊', zebra: '斑马', giraffe: '长颈鹿', backpack: '双肩包' },
  ...{ umbrella: '雨伞', handbag: '手提包', tie: '领带', suitcase: '行李箱', frisbee: '飞盘' },
  ...{ skis: '滑雪板', snowboard: '单板滑雪板', 'sports ball': '球', kite: '风筝' },
  ...{ 'baseball bat': '棒球棒', 'baseball glove': '棒球手套', skateboard: '滑板' },
  ...{ surfboard: '冲浪板', 'tennis racket': '网球拍', bottle: '瓶子', 'wine glass': '酒杯' },
  ...{ cup: '杯子', fork: '叉子', knife: '刀', spoon: '勺子', bowl: '碗', banana: '香蕉' },
  ...{ apple: '苹果', sandwich: '三明治', broccoli: '西兰花', carrot: '胡萝卜' },
  ...{ 'hot dog': '热狗', pizza: '披萨', donut: '甜甜圈', cake: '蛋糕', chair: '椅子' },
  ...{ couch: '沙发', 'potted plant': '盆栽', bed: '床', 'dining table': '餐桌', toilet: '马桶' },
  ...{ tv: '电视', laptop: '笔记本电脑', mouse: '鼠标', remote: '遥控器', keyboard: '键盘' },
  ...{ 'cell phone': '手机', microwave: '微波炉', oven: '烤箱', toaster: '烤面包机' },
  ...{ sink: '水槽', refrigerator: '冰箱', book: '书', clock: '时钟', vase: '花瓶' },
  ...{ scissors: '剪刀', 'teddy bear': '泰迪熊', 'hair drier': '吹风机', toothbrush: '牙刷' },
  // Colours; an orange is one of them in Chinese, too.
  ...{ black: '黑', white: '白', grey: '灰', red: '红', orange: '橙', yellow: '黄', green: '绿' },
  ...{ blue: '蓝', purple: '紫', pink: '粉', brown: '棕' },
  // The model card, the measurements.
  'Sounds and movements, in real and in generated clips': '声音与动作：真实片段与合成片段',
  'Objects, in clips, photographs and generated scenes': '物体：片段、照片与合成场景',
  'Colours and kinds, in clips and generated scenes': '颜色与种类：片段与合成场景',
  ...{ event: '事件', object: '物体', attribute: '属性', rooster: '公鸡', sneezing: '打喷嚏' },
  ...{ one: '一个', 'two or three': '两到三个', 'four to eight': '四到八个' },
  ...{ 'event, A': '事件，A', 'event, V': '事件，V', 'event, AV': '事件，AV' },
  ...{ 'event, A2V': '事件，A2V', 'event, V2A': '事件，V2A', 'object, V': '物体，V' },
  ...{ 'object, A2V': '物体，A2V', 'attribute, V': '属性，V' },
  // The lists of models and clips.
  'The small model of this project: counts sounds, movements, things and colours that it has names for.':
    '本项目的小模型：能数它叫得出名字的声音、动作、物体和颜色。',
  "The large model's exact architecture at the smallest size, to see the whole way at work. Its numbers are random.":
    '与大模型完全相同的架构，尺寸最小，用来看清整个流程。它给出的数字是随机的。',
  "The paper's model: any “how many” about sound and picture, with its reasons. Its weights may not be passed on here, so you convert them once.":
    '论文的模型：声音和画面里的任何“有多少”都能问，并给出理由。它的权重不能在这里分发，需要你自己转换一次。',
  'Convert a checkpoint that you have:': '转换你手中的检查点：',
  'Open the folder here, or start the page with it:': '在这里打开该文件夹，或用它启动页面：',
  'Before the storm': '暴风雨前',
  'Cars and two buses pass on a country road. Only the cars count.':
    '乡间公路上驶过几辆汽车和两辆公交车，只数汽车。',
  'A word with the neighbours': '和邻居打个招呼',
  'A German shepherd barks now and then; wind in the background.':
    '一只德国牧羊犬不时叫几声，背景有风声。',
  'Evening bell': '晚钟',
  'A brass bell swings under a beam and is struck at uneven intervals.':
    '梁下的铜钟来回摆动，敲响的间隔长短不一。',
  'One of them is not a sheep': '其中一只不是羊',
  'Sheep and a zebra on a mountain pasture; a dog and a crow are heard but not seen.':
    '山间牧场上有羊和一匹斑马；狗和乌鸦只闻其声，不见其影。',
};
