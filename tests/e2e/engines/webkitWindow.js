// A WebKit window for the scenarios. The browser that comes with the driver forgets everything when it ends; a tablet does not. Run by gjs.
import Gtk from 'gi://Gtk?version=3.0'
import WebKit from 'gi://WebKit2?version=4.1'
import System from 'system'

const [profile, room] = System.programArgs
Gtk.init(null)
const storage = new WebKit.WebsiteDataManager({
  base_data_directory: `${profile}/data`,
  base_cache_directory: `${profile}/cache`,
  // What a site may store, as a part of the disk.
  ...(room && { origin_storage_ratio: Number(room), total_storage_ratio: Number(room) }),
})
const context = new WebKit.WebContext({ website_data_manager: storage })
storage.get_cookie_manager().set_persistent_storage(`${profile}/cookies.sqlite`, WebKit.CookiePersistentStorage.SQLITE)
context.set_automation_allowed(true)
context.connect('automation-started', (_context, session) => {
  const info = new WebKit.ApplicationInfo()
  info.set_name('recoup-tablet')
  info.set_version(1, 0, 0)
  session.set_application_info(info)
  session.connect('create-web-view', () => {
    const view = new WebKit.WebView({ web_context: context, is_controlled_by_automation: true })
    const window = new Gtk.Window({ default_width: 820, default_height: 1180 })
    window.add(view)
    window.show_all()
    return view
  })
})
Gtk.main()
