package dev.gaon;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The word lists behind a question: what carries no content, what carries little, and ordinary words that mean the
 * same. General language and computing only; no law, no product. Immutable data.
 */
final class QuestionWords {

    /** Korean words that ask or fill; a word that begins with one of these is dropped. */
    private static final String[] STOP_PREFIXES = ("무엇 뭐 뭔 뭘 어떻 어떤 어느 어디 언제 누구 누가 얼마 알려 가르쳐 궁금 있나 있는 있습 있어 있을 있다 있죠 있으 없나 없는 없습 없어 없을 "
            + "말해 말하 설명해 설명하 설명을 설명좀 보여 찾아 주세요 주실 주십 줘 싶 인가 입니 그리고 그러면 그럼 그런데 혹시 제발 부탁 안녕 몇 해주 해줘 해도 해야 했 하는 하나 하려 하면 하고 하지 합니 할까 되나 되는 "
            + "되면 된다 됩니 되어 될까 되죠 돼 대해 대한 대하 관해 관한 관하 위해 위한 위하 통해 따라 따른 따르 이란 란 이라 이라는 때문 무슨 궁굼 아나 아니 아닌 않 안되 못하 정도").split(" ");

    private static final Set<String> STOP = Set.of(("왜 수 것 게 걸 때 및 또는 이 그 저 나 내 내가 제가 저는 나는 우리 우리는 좀 더 다 안 못 꼭 잘 각 각각 이게 그게 이건 그건 여기 거 뭐 할 한 하 해 된 될 되 "
            + "등 중 만 또 즉 요 네 예 응 해서 하여 하며 대한민국의 경우 경우에 경우에는 것은 것이 것을 것인가 것인가요 수는 수가 수도 때는 때에 대상이 나요 까요 인지 건가 건가요 거야 거예요 건지 걸까 모두 전부 "
            + "가지 이런 그런 저런 위 후 전 관련 해당 어때 어떨까 조 조에 조예요 조인가요 몇조 항 같은 같이 답해 답변 질문 자세히 간단히 쉽게 대략 제발 지 든지").split(" "));

    private static final Set<String> ENGLISH_STOP = stems("a an the of in on at to for from by with about into over under as is are was were be been being am do does did done "
            + "have has had having can could will would shall should may might must i you he she it we they me him her us them my your his its our their this that these those there here what which "
            + "who whom whose when where why how and or but if then so than not no nor please tell explain describe show give let know want need many much any some all each every other "
            + "say says said get got just also too very really exactly actually up out off again there's it's what's s t re ve ll d between per "
            + "ok okay hi hello thank thanks long before after someone something last lasts if anything one ones mean means meant meaning definition define");

    private static final Set<String> WEAK = Set.of(("방법 종류 내용 이유 의미 뜻 정의 목록 예 예시 정보 사람 누군가 지금 현재 한국 우리나라 국내 대한민국 필요 가능 문제 부분 기본 주요 이름 값 사항 차이 조건 대상 목적 역할 특징 곳 점 날짜 시점 "
            + "금액 최대 최소 최고 기준 어디서 처음").split(" "));

    private static final Set<String> ENGLISH_WEAK = stems("list kind type way example time use used using make made makes work works take takes happen happens count go come put set different difference "
            + "name called call thing things people person possible available allow allowed first new now today current currently korea korean under date number amount maximum minimum apply applies "
            + "purpose role feature requirement required require condition");

    private static final Set<String> ROLES = Set.of(("대표 대표이사 장관 차관 위원장 사장 회장 대통령 총리 원장 국장 담당자 창업자 설립자 저자 ceo president minister chairman chair founder author head director").split(" "));

    /** Spoken forms of common verbs, as the stem that documents write. */
    private static final Map<String, String> VERBS = pairs("써:사용 쓰:사용 쓸:사용 쓴:사용 쓰이:사용 만든:만들 만드:만들 만들:만들 어기:위반 어긴:위반 어겨:위반 어길:위반 바꾸:변경 바꿔:변경 바꾼:변경 바꿀:변경 고치:변경 고쳐:변경 "
            + "뽑:선정 뽑혔:선정 뽑힌:선정 뽑은:선정 붙는:붙이 팔아:판매 팔:판매 파는:판매 붙이:붙이 붙여:붙이 붙인:붙이 붙일:붙이 지키:준수 지켜:준수 지킬:준수 나오:공개 나온:공개 나왔:공개 내놓:공개 끝나:종료 끝난:종료 끝:종료 걸리:적용 고르:선택 골라:선택 고를:선택 "
            + "켜:켜 켜는:켜 끄:끄 끄는:끄 꺼:끄 넣:넣 넣을:넣 보내:전송 보낼:전송 읽:읽 읽을:읽 물:내 내야:내 받:받 받을:받 줄이:줄이 줄여:줄이 줄일:줄이 깎:감경 빼:제외 없애:삭제 지우:삭제 지워:삭제 정하:지정 세우:지정 둬:지정 둘:지정 두어:지정 올리:게시 올려:게시 올릴:게시");

    private static final Map<String, Set<String>> ALIASES = groups("""
            인공지능, ai, 에이아이, artificial, intelligence
            저작권, copyright
            라이선스, 라이센스, 이용허락, licens
            과태료, 벌금, 처벌, 벌칙, 제재금, fine, penalty, punish
            비용, 가격, 요금, 돈, 값, cost, price, fee
            무료, 공짜, free
            시행, 발효, 시작, take effect, in force, enter into force, effectiv, commenc, start, begin
            종료, 마감, end, expir, retir, shutdown, discontinu
            유예, 계도, grace
            만들, 만든, 생성, 제작, 작성, 개발, made, make, generat, creat, mak, mad, build, develop
            표시, 표기, 라벨, 딱지, 마크, label, mark, marking
            알리, 고지, 통지, 안내, notic, notify, inform, notific
            사진, 그림, 이미지, imag, pictur, photo
            영상, 동영상, 비디오, video
            회사, 기업, 업체, 사업자, operator, company, firm, maker
            정부, government
            변경, 수정, 변형, 개작, modify, chang, alter, adapt, edit
            사용, 이용, 활용, us
            상업, 영리, 상업적, 영리적, 상업용, commercial
            비상업, 비영리, 비상업적, noncommercial
            출처, sourc, attribution, credit
            판매, 팔, sell, sold
            키, 인증키, key
            모델, model
            토큰, token
            서버, server
            문서, document
            자료, 저작물, 작품, work
            상한, 최대, 최고, 한도, 넘지, maximum, cap, exceed, upper limit
            최소, 하한, minimum
            솔라, solar
            엑사원, exaone
            클로바, clova
            하이퍼클로바, hyperclova
            업스테이지, upstage
            네이버, naver
            모티프, motif
            오픈, open
            프로, pro
            미니, mini
            라마, llama
            길이, length
            가온, gaon
            폴더, 디렉터리, 디렉토리, folder, directory
            오류, 에러, error
            컨텍스트, 문맥, context
            임베딩, embed
            파일, fil
            인증, authenticate, authentication, bearer
            명령, command
            국가, national, nation, sovereign, 독자
            법, 법률, law, act, statut
            의무, 책무, duty, obligation, must, oblig
            금지, prohibit, forbid, ban
            허용, 허락, permit, permission
            위반, 미이행, violat, breach, break, infring
            준수, comply
            개인정보, personal data, personal information, privacy
            학습, 훈련, train, trainin
            데이터, data
            기간, 동안, period, duration
            예외, 제외, 면제, except, exempt, exception
            신고, report
            등록, 가입, regist
            대리인, representativ, agent
            고위험, 고영향, high impact, high risk
            생성형, generativ
            지정, 임명, designat, appoint, namin
            감경, 줄이, 경감, reduc, lower
            매개변수, 파라미터, parameter
            공개, 출시, 발표, 배포, releas, publish, launch, announc
            개발사, 제작사, made by, maker, developer
            추론, 생각, 사고, thinkin, reason
            보관, 보존, keep, retain, stor, retention
            외국, 해외, 국외, foreign, abroad, oversea
            적용, apply
            요청, request
            응답, respons, answer
            속도, 제한, limit, rat
            설정, configur, setting
            설치, install
            주소, url, endpoint, 엔드포인트
            벤치마크, benchmark
            선정, 선발, 뽑히, select, chosen, choos
            탈락, 떨어지, eliminat, drop
            팀, 정예팀, team, consortium, 컨소시엄
            중소기업, 스타트업, startup, sme
            조사, investigat, inspect
            도구, 툴, 함수, tool, function
            """);

    private QuestionWords() {}

    static boolean isStop(String word) {
        if (STOP.contains(word)) {
            return true;
        }
        for (String prefix : STOP_PREFIXES) {
            if (word.startsWith(prefix) && word.length() - prefix.length() <= 5) {
                return true;
            }
        }
        return false;
    }

    static boolean isEnglishStop(String stem) {
        return ENGLISH_STOP.contains(stem);
    }

    /** A post that a person holds. */
    static boolean isRole(String stem) {
        return ROLES.contains(stem);
    }

    static boolean isWeak(String stem) {
        return WEAK.contains(stem) || ENGLISH_WEAK.contains(stem);
    }

    /** The written stem of a spoken verb form, or null. */
    static String verb(String word) {
        for (int end = Math.min(3, word.length()); end > 0; end--) {
            String stem = VERBS.get(word.substring(0, end));
            if (stem != null && word.length() - end <= (end == 1 ? 2 : 5)) {
                boolean inflected = word.length() == end || "도야요면서은".contains(word.substring(end)) || KoreanWord.verbStem("가" + word.substring(end)) == 1 || word.length() - end <= 2 && end > 1;
                if (inflected) {
                    return stem;
                }
            }
        }
        return null;
    }

    /** Words that may stand for this one, with itself among them; empty if none is known. */
    static Set<String> aliases(String stem) {
        return ALIASES.getOrDefault(stem, Set.of());
    }

    private static Set<String> stems(String words) {
        return new HashSet<>(Words.of(words).texts());
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.split(" ")) {
            int colon = pair.indexOf(':');
            pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return pairs;
    }

    private static Map<String, Set<String>> groups(String text) {
        Map<String, Set<String>> groups = new HashMap<>();
        Words words = new Words();
        for (String line : text.split("\n")) {
            Set<String> group = new LinkedHashSet<>();
            for (String word : line.split(",")) {
                words.clear();
                words.scan(word, 0, word.length());
                group.add(new String(words.chars, 0, words.length));
            }
            for (String word : group) {
                Set<String> others = groups.get(word);
                if (others == null) {
                    groups.put(word, group);
                } else {
                    Set<String> both = new LinkedHashSet<>(others);
                    both.addAll(group);
                    groups.put(word, both);
                }
            }
        }
        return groups;
    }
}
