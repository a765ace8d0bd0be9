setup-what = What to connect?
    {"  "}1 nothing, try it on sample data
    {"  "}2 Asterisk
    {"  "}3 UIS, CoMagic, Novofon, CallGear
    {"  "}4 nothing yet: calls are logged by hand
setup-host = Address of the PBX
setup-port = AMI port
setup-port-wrong = A port is a number from 1 to 65535.
setup-username = AMI user
setup-secret = Secret (not shown)
setup-secret-again = Secret (not shown; empty: as before)
setup-secret-empty = The secret of this user in manager.conf is needed.
setup-trunks = Trunks, separated by commas
setup-extensions = Own extensions, separated by commas; empty: all that are no trunks
setup-context = Context to dial in
setup-extension = Extension of this desk; empty: no phone
setup-uis-host = Site of your cabinet (uiscom.ru, comagic.ru, novofon.ru, callgear.com)
setup-uis-host-wrong = the site «{ $host }» is none of those named; it is where you log in to your cabinet
setup-uis-key = API key from the cabinet (not shown)
setup-uis-key-again = API key (not shown; empty: as before)
setup-uis-key-empty = A key is needed: «Аккаунт → Управление пользователями».
setup-uis-number = Number of yours shown when calling back, e.g. 74950000001; empty: no calling
setup-trying = Trying the connection…
setup-connected = Connected.
setup-failed = No connection: { $reason }
setup-after-failure = What next?
    {"  "}1 correct it
    {"  "}2 save it as it is
    {"  "}3 leave without saving
setup-left = the questions were not answered; nothing was written
setup-written = Configuration written: { $path }
doctor-broken = { $count } broken
doctor-config = Configuration: { $path }
doctor-config-absent = No configuration yet: { $path }
doctor-config-absent-hint = start pult and answer its questions; pult demo needs none
doctor-config-wrong = The configuration cannot be used: { $error }
doctor-config-wrong-hint = correct the file; pult print config shows every setting
doctor-look-wrong = Keys, colours or words: { $error }
doctor-look-wrong-hint = correct keys, theme, own_theme or words under [desk]; pult print keys, theme and words show what there is
doctor-store = Store: { $path }, { $people } people, { $calls } calls
doctor-store-absent = No store yet: { $path }
doctor-store-absent-hint = the first start makes it; pult import people FILE.csv loads people
doctor-store-wrong = The store does not open: { $error }
doctor-store-wrong-hint = copy the file before anything is done with it
doctor-no-extension = This desk has no extension
doctor-no-extension-hint = write extension under [operator]: click-to-call needs it
doctor-operator = Desk: extension { $extension }, the employee is known
doctor-nobody = Desk: no employee has extension { $extension }
doctor-nobody-hint = give an employee this extension and load them: pult import people FILE.csv
doctor-no-telephony = No telephony is connected
doctor-no-telephony-hint = add a section [asterisk] or [uis]; pult print config shows an example
doctor-telephony = Asterisk { $address }: connected
telephony-lacks = the AMI user has too few rights: add to its write in manager.conf: { $classes }
doctor-behind = { $minutes ->
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
doctor-source-hint = pult tries again by itself; until it is read, breaks are not restored
doctor-gap-lasts-hint = ends when the connection is back; calls can be logged by hand meanwhile
doctor-gap-unknown-hint = connect the phone system's record of calls: without it a break cannot be restored
doctor-gap-hint = read again every hour for three days; what the record never gives is not in the report
doctor-unread = Notifications nobody understood, last week: { $n }
doctor-unread-hint = compare the notification templates in the provider's cabinet with what pult uis templates prints
doctor-telephony-wrong = Asterisk { $address }: { $reason }
doctor-telephony-wrong-hint = check address, port, user and secret, and that manager.conf permits this address
doctor-no-record = The PBX's record is not connected
doctor-no-record-hint = add a section [asterisk.history]: without it the calls of an outage cannot be restored
doctor-record = The PBX's record is read, its last row is of { $newest }
doctor-record-empty = The PBX's record is read, but it is empty
doctor-record-stale-hint = check that the PBX writes its record there, and zone under [asterisk.history]
doctor-record-wrong = The PBX's record: { $reason }
doctor-record-wrong-hint = correct the section [asterisk.history]; the database's user needs SELECT on these tables
doctor-record-no-events = The PBX's record has no channel events (CEL)
doctor-record-no-events-hint = CDR alone knows no holds, and talk and wait after a menu, a queue or a transfer only roughly; switch on cel.conf and name cel
doctor-record-no-linkedid = CDR has no column linkedid
doctor-record-no-linkedid-hint = without it transfers and queues with Local members fall to pieces; add the column
doctor-record-no-recording = The PBX's record has no name of the recording (recordingfile)
doctor-record-no-recording-hint = recordings of calls missed in an outage cannot be found; add a column recordingfile to CDR
doctor-no-sounds = Recordings are not connected
doctor-no-sounds-hint = add a section [asterisk.recordings]; pult print config shows an example
doctor-sounds = The folder of recordings is read
doctor-sounds-web = Recordings come from the PBX's web server
doctor-sounds-wrong = Recordings: { $reason }
doctor-sounds-wrong-hint = correct the section [asterisk.recordings]; the folder must be open to this user
doctor-recordings-off = Recordings are not kept here: fetch = false
doctor-recordings-none = No recordings yet
doctor-recordings = Recordings: { $here }, { $size } MB in all, the oldest of { $oldest }, { $held } held
doctor-recordings-absent = Recordings that are not here: { $waiting } waiting, { $lost } lost
doctor-recordings-closed = The folder of recordings cannot be written to: { $path }
doctor-recordings-closed-hint = give it to the user who runs pult, or name another: folder under [recordings]
doctor-recordings-open = Others can read the folder of recordings: { $path }
doctor-recordings-open-hint = close it: chmod 700 { $path }
doctor-recordings-room = The disk of recordings has { $free } MB free, { $reserve } MB of them are never filled
doctor-recordings-no-room = The disk of recordings has { $free } MB free, and { $reserve } MB are never filled: { $waiting } recordings wait
doctor-recordings-no-room-hint = free some room: they come by themselves, the newest first; or lower reserve_mb under [recordings]
doctor-uis = { $host }: connected, time zone { $zone }
doctor-uis-wrong = { $host }: { $reason }
doctor-uis-points = API questions left: { $left } of { $limit } until { $until }
doctor-uis-hidden = { $what } is not shown: { $reason }
doctor-uis-no-calls = Running calls are not shown and none can be placed: { $reason }
doctor-uis-number = No calling back with one key: no number of ours is named
doctor-uis-number-hint = set number under [uis], e.g. number = "74950000001"
doctor-uis-settings-hint = correct the section [uis]; pult print config shows an example
doctor-uis-network = check the internet connection, the name of the server and the certificates of this computer
doctor-uis-garbled = what answers is not the API: check data_url and call_url under [uis] and the proxy on the way to the internet; the provider may have an outage
doctor-uis-listener = Notifications: port { $address } is free, the desk will open it
doctor-uis-listener-open = Notifications: { $address } is heard by the open desk
doctor-uis-listener-taken = Notifications will not arrive: port { $address } is taken by another program
doctor-uis-listener-taken-hint = close it (ss -ltnp shows which it is), or name another address under [uis.listener] and in the reverse proxy
doctor-uis-listener-wrong = Notifications will not arrive: { $address } cannot be opened
doctor-uis-listener-wrong-hint = under [uis.listener] name an address of this computer with a port above 1023
doctor-uis-token = the key is wrong: make one in the cabinet under «Аккаунт → Управление пользователями»; a key of one site is none on another
doctor-uis-key-over = the key has expired or is blocked: make a new one in the cabinet under «Аккаунт → Управление пользователями»
doctor-uis-login = login or password is wrong
doctor-uis-address = add this computer's address in the cabinet under «Аккаунт → Правила и настройки безопасности → API»
doctor-uis-rights = the user of the key lacks the right: give it in the cabinet under «Аккаунт → Управление пользователями»
doctor-uis-component = the account lacks the component: it is bought in the cabinet
doctor-uis-account = the account is switched off: look at its balance in the cabinet
doctor-uis-limit = few questions are left: calls come before the past, reports catch up later; the limit can be raised in the cabinet
doctor-uis-server = the provider has failed: pult tries again by itself
doctor-uis-unknown = pult does not know this answer: please report it
doctor-size = Terminal { $size }
doctor-size-small-hint = at least 60x20 is needed, 80x24 is comfortable
doctor-size-tight-hint = 80x24 is comfortable
doctor-no-terminal = Not a terminal: its size is unknown
doctor-no-terminal-hint = run doctor where pult will be opened
doctor-term = Terminal kind: { $term }
doctor-term-dumb = This terminal cannot draw a screen
doctor-term-dumb-hint = set TERM, for example xterm-256color
doctor-utf8 = Character set UTF-8
doctor-no-locale = Character set is not named: LANG is empty
doctor-not-utf8 = Character set is not UTF-8: "{ $locale }"
doctor-not-utf8-hint = set LANG, for example en_US.UTF-8, or borders from ASCII: ascii = true under [desk]
doctor-no-colour = NO_COLOR is set: theme without colour
import-done = { $count } records: { $added } new, { $changed } changed, { $same } known already
