namespace TravelSaas;

/// <summary>Invented people and companies. Addresses use reserved domains only.</summary>
internal static class Names
{
    private static readonly (string Han, string Latin)[] Surnames =
    [
        .. Pairs("王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo "
            + "马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu "
            + "沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang"),
    ];

    private static readonly (string Han, string Latin)[] GivenNames =
    [
        .. Pairs("雨桐yutong 子涵zihan 浩然haoran 思远siyuan 佳怡jiayi 明哲mingzhe 晓雯xiaowen 建国jianguo 丽华lihua 志强zhiqiang 嘉豪jiahao "
            + "梓萱zixuan 一鸣yiming 静怡jingyi 文博wenbo 海燕haiyan 俊杰junjie 婷婷tingting 宇航yuhang 雪梅xuemei 国栋guodong 欣悦xinyue "
            + "天佑tianyou 美玲meiling 振华zhenhua 诗涵shihan 伟民weimin 晓东xiaodong 春兰chunlan 永康yongkang 梦琪mengqi 立新lixin 敏min "
            + "磊lei 静jing 强qiang 洋yang 娜na 勇yong 艳yan 涛tao 琳lin 鹏peng 倩qian 凯kai 蕾lei 峰feng 颖ying 斌bin 薇wei 晨chen 岩yan "
            + "若兰ruolan 承志chengzhi 念慈nianci 少华shaohua 慧敏huimin 启明qiming 云飞yunfei 可心kexin 博文bowen 清扬qingyang 晓峰xiaofeng"),
    ];

    private static readonly string[] FirstNames =
        ["Anna", "Daniel", "Priya", "Thomas", "Emily", "Kenji", "Laura", "Marco", "Sofia", "Jonas", "Grace", "Oliver", "Mei Lin", "Hannah", "Rajesh", "Claire"];
    private static readonly string[] LastNames =
        ["Keller", "Roberts", "Nair", "Lindqvist", "Tanaka", "Moreau", "Rossi", "Hughes", "Schmidt", "Lim", "Novak", "Sharma", "Olsen", "Carter", "Weber", "Tan"];

    private const string BrandFirst = "栎澜砚屿穗岚钧翎沐枫霁珩筠漪黎峤檀澄棠沅";
    private const string BrandSecond = "图序衡桥川曜擎宸禾岳舟石野庭松洲";

    public static readonly (string Industry, string[] Trades)[] Industries =
    [
        ("半导体 Semiconductors", ["半导体", "微电子"]),
        ("装备制造 Machinery", ["精密机械", "自动化设备", "装备制造"]),
        ("软件互联网 Software", ["网络科技", "信息技术", "软件"]),
        ("医药 Pharmaceuticals", ["生物医药", "医疗器械"]),
        ("金融 Finance", ["资产管理", "融资租赁", "保险经纪"]),
        ("咨询 Consulting", ["管理咨询", "工程咨询"]),
        ("汽车 Automotive", ["汽车零部件", "新能源汽车"]),
        ("能源 Energy", ["新能源", "电力工程"]),
        ("消费品 Consumer goods", ["食品", "服饰", "家居用品"]),
        ("物流 Logistics", ["供应链管理", "国际物流"]),
    ];

    public static readonly (string Name, int Industry)[] ForeignCompanies =
    [
        ("哈尔登仪器（中国）有限公司 Halden Instruments", 1), ("诺维克海事（中国）有限公司 Norvik Marine", 9),
        ("布拉特医疗（中国）有限公司 Brattmed", 3), ("卡斯米尔咨询（中国）有限公司 Casmir Advisory", 5),
        ("奥森传动（中国）有限公司 Osendrive", 6), ("蒂尔曼化学（中国）有限公司 Tillman Coatings", 8),
        ("维兰软件（中国）有限公司 Veyland Software", 2), ("莫纳克风电（中国）有限公司 Monark Wind", 7),
        ("珀西瓦尔食品（中国）有限公司 Percivale Foods", 8), ("林格再保险（中国）有限公司 Lingre Re", 4),
        ("科尔维半导体（中国）有限公司 Corvisemi", 0), ("赫斯特制药（中国）有限公司 Hesterly Pharma", 3),
        ("安德洛自动化（中国）有限公司 Androl Automation", 1), ("塔玛诺物流（中国）有限公司 Tamano Logistics", 9),
        ("伊斯特莫汽车（中国）有限公司 Eastmoor Automotive", 6), ("贝尔维工程（中国）有限公司 Belvey Engineering", 5),
    ];

    /// <summary>A Chinese person: the name and its Latin letters as family.given.</summary>
    public static (string Name, string Latin) Person(Prng random)
    {
        var (surname, given) = (random.Pick(Surnames), random.Pick(GivenNames));
        return (surname.Han + given.Han, $"{given.Latin}.{surname.Latin}");
    }

    public static (string Name, string Latin) ForeignPerson(Prng random)
    {
        var name = $"{random.Pick(FirstNames)} {random.Pick(LastNames)}";
        return (name, string.Join('.', name.Split(' ')).ToLowerInvariant());
    }

    /// <summary>The n-th of 320 two-character brands, each once.</summary>
    public static string Brand(int n) =>
        $"{BrandFirst[n * 7 % 20]}{BrandSecond[(n / 20 + n % 20 * 5) % 16]}";

    private static IEnumerable<(string, string)> Pairs(string list) =>
        from word in list.Split(' ')
        let letters = word.TakeWhile(letter => letter > 0x7F).Count()
        select (word[..letters], word[letters..]);
}
