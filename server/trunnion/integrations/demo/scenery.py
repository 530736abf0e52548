"""What the demo is made of: a hospital's places and machines, its people, and what goes wrong there."""

from dataclasses import dataclass

NAME = "Harbour Hospital 滨海医院"
DOMAIN = "demo.trunnion.local"
ZONE = "Asia/Shanghai"
CURRENCY = "CNY"
SITE = "Harbour Hospital 滨海医院"

BUILDINGS = {
    "Main building 主楼": ("B1", "1F", "2F", "3F"),
    "Outpatients 门诊楼": ("1F", "2F"),
    "Energy centre 能源中心": ("B1", "1F"),
}
ROOMS = ("Plant room 机房", "Ward 病区", "Corridor 走廊")


@dataclass(frozen=True)
class Kind:
    """A model, how many of it stand there, and what tends to go wrong: text and failure mode."""

    name: str
    model_number: str
    class_code: str
    prefix: str
    count: int
    price: int
    faults: tuple[tuple[str, str], ...]
    remedy: str


KINDS = (
    Kind("Circulation pump 循环泵", "UPE 80-120", "PU", "P", 10, 18_000,
         (("Seal leaks 密封漏水", "ELP"), ("Loud and vibrating 异响并振动", "VIB")), "Mechanical seal replaced 更换机械密封"),
    Kind("Air handling unit 空调机组", "KG 400", "AHU", "AHU", 8, 96_000,
         (("No cooling 不制冷", "LOO"), ("Filter alarm 过滤网报警", "PLU")), "Filters changed, coil cleaned 更换过滤网并清洗盘管"),
    Kind("Fan coil unit 风机盘管", "FC 12", "FCU", "FC", 12, 2_600,
         (("Water drips 滴水", "ELU"), ("Does not start 无法启动", "FTS")), "Condensate drain cleared 疏通冷凝水管"),
    Kind("Chiller 冷水机组", "CVHG 780", "CHL", "CH", 3, 620_000,
         (("High discharge pressure 排气压力高", "AIR"), ("Stopped by itself 自动停机", "UST")), "Condenser tubes brushed 通刷冷凝器"),
    Kind("Cooling tower 冷却塔", "CT 250", "CTW", "KT", 3, 88_000,
         (("Fan vibrates 风机振动", "VIB"),), "Fan balanced, belt changed 风机找平衡并更换皮带"),
    Kind("Bed lift 病床电梯", "MonoSpace 1600", "LFT", "L", 6, 380_000,
         (("Door opens again and again 门反复开合", "ERO"), ("Stopped between floors 停在两层之间", "UST")), "Door sensor cleaned 清洁门光幕"),
    Kind("Emergency generator 应急发电机", "DG 800", "EG", "G", 2, 540_000,
         (("Battery voltage low 蓄电池电压低", "FTS"),), "Batteries replaced 更换蓄电池"),
    Kind("Steam boiler 蒸汽锅炉", "LSS 2-1.0", "HB", "BO", 2, 260_000,
         (("Burner lock-out 燃烧器锁定", "FTS"),), "Ignition electrode set 调整点火电极"),
    Kind("Steam steriliser 灭菌器", "HS 6610", "STE", "ST", 4, 190_000,
         (("Cycle aborted 循环中断", "UST"), ("Door seal leaks 门封漏汽", "ELU")), "Door gasket changed 更换门封圈"),
    Kind("UPS 不间断电源", "9PX 20", "UP", "U", 4, 72_000,
         (("Battery alarm 电池告警", "AIR"),), "Battery string replaced 更换电池组"),
    Kind("Automatic door 自动门", "ES 200", "DOR", "D", 4, 21_000,
         (("Stays open 无法关闭", "FTC"),), "Radar adjusted 调整感应器"),
    Kind("Medical air compressor 医用空压机", "OX 22", "CO", "MA", 2, 130_000,
         (("Pressure swings 压力波动", "ERO"),), "Intake valve overhauled 检修进气阀"),
)  # fmt: skip


@dataclass(frozen=True)
class Human:
    """A person: login name, full name, shipped roles, hourly rate where they do the work."""

    login: str
    name: str
    role: str
    language: str
    rate: int = 0


PEOPLE = (
    Human("chen", "Chen Jing 陈静", "dispatcher", "zh-CN"),
    Human("liwei", "Li Wei 李伟", "engineer", "zh-CN", 90),
    Human("sun", "Sun Qiang 孙强", "engineer", "zh-CN", 85),
    Human("mueller", "Anna Müller", "engineer", "en", 110),
    Human("zhou", "Zhou Min 周敏", "team_leader", "zh-CN", 120),
    Human("wang", "Wang Lei 王磊", "manager", "zh-CN"),
    Human("guo", "Guo Yan 郭燕", "operator", "zh-CN"),
    Human("brown", "Tom Brown", "read_only", "en"),
)
REPORTERS = ("Nurse Liu 刘护士", "Dr. Zhang 张医生", "Porter Ma 马师傅", "Reception 前台", "Ward 12 十二病区")
